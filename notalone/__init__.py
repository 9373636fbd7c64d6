"""The site around the catalogue and the conversation: settings, URLs, middleware, plain pages."""
