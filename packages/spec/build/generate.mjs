// Makes src/generated/ from schema/*.yaml.
