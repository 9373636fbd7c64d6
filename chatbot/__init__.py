"""How a worry is narrowed down: flows of questions, their replay, and which entries fit. The engine imports no Django."""
