package io.fleetward.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password=hunter22",
        "DB_PASSWORD: hunter22",
        "\"api_key\": \"hunter22\"",
        "secret = 'hunter22 and more'",
        "mysql --password hunter22 -h db",
        "Authorization: Basic hunter22hunter22",
        "curl -H 'X-Auth-Token: hunter22'",
        "GET / Bearer hunter22hunter22",
        "postgres://root:hunter22@db/x",
        "-----BEGIN PRIVATE KEY-----\nhunter22\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nhunter22",
      })
  void takesOutWhatLooksLikeASecret(String text) {
    assertThat(Redaction.of(text)).doesNotContain("hunter22").contains(Redaction.MARK);
  }

  @Test
  void leavesTheRest() {
    String text = "restarted nginx.service in 3 s: token bucket full, 7 files\npid=12 key: 4";

    assertThat(Redaction.of(text)).isEqualTo(text);
  }
}
