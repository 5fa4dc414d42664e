package io.fleetward.service.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.signing.SigningKey;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostKeyFolderTest {
  @TempDir Path folder;

  @Test
  void knowsANewHostWithoutARestartAndReadsNotMoreOftenThanEveryFiveSeconds() throws IOException {
    SettableTime time = new SettableTime(Alerts.ACTIVE_AT);
    HostKeyFolder keys = new HostKeyFolder(folder, time);
    SigningKey.Generated host = SigningKey.generate("web-1");
    byte[] envelope =
        MessageCodec.encode(host.signingKey().sign(PayloadTypes.OUTCOME, new byte[] {1}));
    Files.writeString(folder.resolve("web-1.pem"), host.trustedKey().toPem());
    time.pass(Duration.ofSeconds(4));
    assertThat(keys.open(envelope, PayloadTypes.OUTCOME)).isInstanceOf(Opened.Refused.class);
    time.pass(Duration.ofSeconds(1));
    assertThat(keys.open(envelope, PayloadTypes.OUTCOME)).isInstanceOf(Opened.Trusted.class);
  }

  @Test
  void keepsTheLastGoodKeysWhenAFileIsBad() throws IOException {
    SettableTime time = new SettableTime(Alerts.ACTIVE_AT);
    SigningKey.Generated host = SigningKey.generate("web-1");
    Files.writeString(folder.resolve("web-1.pem"), host.trustedKey().toPem());
    HostKeyFolder keys = new HostKeyFolder(folder, time);
    Files.writeString(folder.resolve("web-2.pem"), "no key");
    time.pass(Duration.ofSeconds(10));
    byte[] stranger =
        MessageCodec.encode(
            SigningKey.generate("web-3").signingKey().sign(PayloadTypes.OUTCOME, new byte[] {1}));
    assertThat(keys.open(stranger, PayloadTypes.OUTCOME)).isInstanceOf(Opened.Refused.class);
    byte[] known =
        MessageCodec.encode(host.signingKey().sign(PayloadTypes.OUTCOME, new byte[] {1}));
    assertThat(keys.open(known, PayloadTypes.OUTCOME)).isInstanceOf(Opened.Trusted.class);
  }
}
