package io.fleetward.protocol.signing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SigningKeyTest {
  @RepeatedTest(5)
  void knowsItsPublicHalf() {
    SigningKey.Generated made = SigningKey.generate("web-1");
    SigningKey read = SigningKey.fromPem("web-1", made.signingKey().toPem());
    assertThat(read.trustedKey()).isEqualTo(made.trustedKey());
    assertThat(read.trustedKey().fingerprint()).isEqualTo(made.trustedKey().fingerprint());
  }

  @Test
  void aFingerprintIsTheDigestOfThePublicKeyAsOtherToolsComputeIt() {
    // openssl pkey -pubin -outform DER | sha256sum
    TrustedKey key =
        TrustedKey.fromPem(
            "rfc8032",
            """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
            -----END PUBLIC KEY-----
            """);
    assertThat(key.fingerprint())
        .isEqualTo("06e3fd8fda29bb60ab59557de61edb0aecdb231134be30e75b455f8e1b792fa9");
  }
}
