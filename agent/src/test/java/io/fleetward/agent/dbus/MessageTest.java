package io.fleetward.agent.dbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.agent.linux.Fields;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class MessageTest {
  private static final HexFormat HEX = HexFormat.of();

  private final Message message = new Message();
  private final Fields text = new Fields("test");

  @Test
  void aCallIsMarshalledAsTheSpecificationSays() {
    MethodCall call = MethodCall.of("d.e", "/p", "i.f", "M", List.of("ab", "c"));

    assertThat(HEX.formatHex(bytes(call.bytes(0x0102))))
        .isEqualTo(
            // little endian, call, do not start, version 1, body, serial, header fields
            ("6c 01 02 01 0e000000 02010000 48000000"
                    // 1 object path
                    + " 01 01 6f 00 02000000 2f70 00 0000000000"
                    // 2 interface
                    + " 02 01 73 00 03000000 692e66 00 00000000"
                    // 3 member
                    + " 03 01 73 00 01000000 4d 00 000000000000"
                    // 6 destination
                    + " 06 01 73 00 03000000 642e65 00 00000000"
                    // 8 signature
                    + " 08 01 67 00 02 7373 00"
                    // two texts
                    + " 02000000 6162 00 00 01000000 63 00")
                .replace(" ", ""));
  }

  @Test
  void anAnswerIsUnderstood() throws MalformedMessageException {
    read(new Reply().signature("t").longNumber(1L << 40).toMessage(77));

    assertThat(message.answers()).isEqualTo(77);
    assertThat(message.isError()).isFalse();
    assertThat(message.body().nextVariant()).isEqualTo('t');
    assertThat(message.body().nextLong()).isEqualTo(1L << 40);
    assertThat(message.body().hasMore()).isFalse();
  }

  @Test
  void anErrorHasAName() throws MalformedMessageException {
    read(Reply.error(3, "org.freedesktop.DBus.Error.Failed"));

    assertThat(message.answers()).isEqualTo(3);
    assertThat(message.isError()).isTrue();
    assertThat(message.errorName()).isEqualTo("org.freedesktop.DBus.Error.Failed");
  }

  @Test
  void aSignalTellsItsObject() throws MalformedMessageException {
    read(Reply.signal("/a/b"));

    assertThat(message.isSignal()).isTrue();
    assertThat(message.answers()).isZero();
    assertThat(message.path().text()).isEqualTo("/a/b");
  }

  @Test
  void aValuePastTheEndIsRefused() throws MalformedMessageException {
    read(new Reply().number(1_000_000).toMessage(1));

    assertThatThrownBy(() -> message.body().nextText(text))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("malformed D-Bus message: value past the end");
  }

  @Test
  void theByteOrderOfAnotherMachineIsRefused() {
    byte[] bytes = bytes(Reply.empty(1));
    bytes[0] = 'B';

    assertThatThrownBy(() -> Message.length(bytes, 0)).hasMessageContaining("byte order 66");
  }

  /// Whatever the bytes are, reading ends with a message or with this one exception.
  @Test
  void noBytesDoHarm() {
    long seed = Long.getLong("fleetward.seed", System.nanoTime());
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(seed);
    byte[] good = bytes(new Reply().signature("s").text("some text").toMessage(9));
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = good.clone();
      for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try {
        long length = Message.length(bad, 0);
        if (length <= bad.length) {
          message.read(bad, 0, (int) length);
          if (message.body().nextVariant() == 's') {
            message.body().nextText(text);
          }
        }
      } catch (MalformedMessageException _) {
        // as promised
      } catch (RuntimeException e) {
        throw new AssertionError("-Dfleetward.seed=" + seed + " " + HEX.formatHex(bad), e);
      }
    }
  }

  private void read(ByteBuffer buffer) throws MalformedMessageException {
    byte[] bytes = bytes(buffer);
    assertThat(Message.length(bytes, 0)).isEqualTo(bytes.length);
    message.read(bytes, 0, bytes.length);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
