-- Versions of trained models. What a version is (champion, challenger, retired) follows from the
-- history, which is only ever appended to.

CREATE TABLE model_version (
  model      VARCHAR(200) NOT NULL,
  host_class VARCHAR(500) NOT NULL,
  id         VARCHAR(64)  NOT NULL,
  trained_at BIGINT       NOT NULL,
  provenance TEXT         NOT NULL,
  content    TEXT,                           -- the version's bytes in base64; null once not wanted
  PRIMARY KEY (model, host_class, id)
);

CREATE TABLE model_history (
  model      VARCHAR(200) NOT NULL,
  host_class VARCHAR(500) NOT NULL,
  step       INTEGER      NOT NULL,          -- from 0; two writers cannot take the same
  at         BIGINT       NOT NULL,
  version    VARCHAR(64)  NOT NULL,
  kind       VARCHAR(20)  NOT NULL,
  person     VARCHAR(500) NOT NULL,
  reason     TEXT         NOT NULL,
  PRIMARY KEY (model, host_class, step)
);

CREATE TABLE training (
  model      VARCHAR(200) NOT NULL,
  host_class VARCHAR(500) NOT NULL,
  asked_by   VARCHAR(500),                   -- null unless a person waits for it
  tried_at   BIGINT,
  outcome    TEXT         NOT NULL,
  PRIMARY KEY (model, host_class)
);

-- What only one instance of the service does at a time.
CREATE TABLE lease (
  name       VARCHAR(100) PRIMARY KEY,
  holder     VARCHAR(100) NOT NULL,
  expires_at BIGINT       NOT NULL
);
INSERT INTO lease (name, holder, expires_at) VALUES ('training', '', 0);
