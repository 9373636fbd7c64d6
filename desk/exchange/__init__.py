"""読みこみ・書き出し: YAML (the fixtures), CSV and XLSX."""
