-- Which key a host signs with. A key is never deleted: what was revoked stays revoked.

CREATE TABLE enrolment_token (
  sha256     VARCHAR(64)   PRIMARY KEY,      -- of the secret, which is not kept
  instances  VARCHAR(1000) NOT NULL,         -- expression that an instance has to match
  uses_left  INTEGER       NOT NULL,
  replaces   BOOLEAN       NOT NULL,         -- whether a host may put a new key in its key's place
  made_by    VARCHAR(500)  NOT NULL,
  made_at    BIGINT        NOT NULL,
  expires_at BIGINT        NOT NULL
);

CREATE TABLE host_key (
  fingerprint VARCHAR(64)  PRIMARY KEY,
  instance    VARCHAR(500) NOT NULL,
  public_key  TEXT         NOT NULL,         -- PEM
  scrape_key  VARCHAR(64)  NOT NULL,         -- shared with the host; empty once revoked
  enrolled_at BIGINT       NOT NULL,
  enrolled_by VARCHAR(500) NOT NULL,         -- who made the token
  revoked_at  BIGINT,
  revoked_by  VARCHAR(500),
  active      VARCHAR(500) UNIQUE            -- the instance until revoked: one key per host
);
CREATE INDEX host_key_instance ON host_key (instance);
