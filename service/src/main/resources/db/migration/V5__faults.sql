-- What kind of fault an incident looks like to the models, and what a person says it is.
CREATE TABLE incident_fault (
  incident  VARCHAR(64) PRIMARY KEY REFERENCES incident (id),
  signs     TEXT,                            -- JSON; null if no model told kinds
  stated    VARCHAR(40),                     -- null unless a person said so
  person    VARCHAR(500),
  reason    TEXT,
  stated_at BIGINT
);
