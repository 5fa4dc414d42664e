package io.fleetward.protocol.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ScrapeKeyTest {
  private static final String INSTANCE = "web-1";
  private static final String TYPE = "application/x-protobuf";
  private static final byte[] VALUE = "cpu 1 2 3".getBytes(StandardCharsets.UTF_8);

  // 00 01 02 … 1f; the seal was worked out with another program, over
  // 00000013 "fleetward scrape v1" 00000005 "web-1" 00000016 "application/x-protobuf" "cpu 1 2 3"
  private static final String SECRET =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
  private static final ScrapeKey KEY = ScrapeKey.fromText(SECRET);
  private static final String SEAL = "+lgNJXl07TSxulZTSC02jrCr4nWxl0B8yRJqvG86fo4=";

  @Test
  void sealsAsTheVectorSays() {
    assertThat(KEY.seal(INSTANCE, TYPE, VALUE)).isEqualTo(SEAL);
    assertThat(KEY.verifies(SEAL, INSTANCE, TYPE, VALUE)).isTrue();
    assertThat(KEY.toText()).isEqualTo(SECRET);
  }

  @Test
  void anyBitOfTheValueCounts() {
    for (int bit = 0; bit < VALUE.length * 8; bit++) {
      assertThat(KEY.verifies(SEAL, INSTANCE, TYPE, flipped(VALUE, bit)))
          .as("bit %d", bit)
          .isFalse();
    }
  }

  @Test
  void anyBitOfTheKeyCounts() {
    byte[] secret = HexFormat.of().parseHex(SECRET);
    for (int bit = 0; bit < secret.length * 8; bit++) {
      ScrapeKey other = ScrapeKey.of(flipped(secret, bit));
      assertThat(other.verifies(SEAL, INSTANCE, TYPE, VALUE)).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void anyBitOfTheSealCounts() {
    byte[] seal = SEAL.getBytes(StandardCharsets.US_ASCII);
    for (int bit = 0; bit < seal.length * 8; bit++) {
      String other = new String(flipped(seal, bit), StandardCharsets.ISO_8859_1);
      assertThat(KEY.verifies(other, INSTANCE, TYPE, VALUE)).as("bit %d", bit).isFalse();
    }
    assertThat(KEY.verifies("", INSTANCE, TYPE, VALUE)).isFalse();
    assertThat(KEY.verifies(SEAL + SEAL, INSTANCE, TYPE, VALUE)).isFalse();
  }

  @Test
  void whatIsSealedIsNotOneTextButThree() {
    assertThat(KEY.verifies(SEAL, "web-2", TYPE, VALUE)).isFalse();
    assertThat(
            KEY.verifies(SEAL, INSTANCE, TYPE + "c", "pu 1 2 3".getBytes(StandardCharsets.UTF_8)))
        .isFalse();
    assertThat(KEY.verifies(SEAL, INSTANCE + "a", TYPE.substring(1), VALUE)).isFalse();
  }

  @Test
  void bothSidesComeToOneKeyThatIsForThisHostOnly() {
    KeyExchange host = KeyExchange.begin();
    KeyExchange service = KeyExchange.begin();
    String ofHost = host.finish(service.publicHalf(), INSTANCE, "ab").toText();

    assertThat(service.finish(host.publicHalf(), INSTANCE, "ab").toText()).isEqualTo(ofHost);
    assertThat(service.finish(host.publicHalf(), "web-2", "ab").toText()).isNotEqualTo(ofHost);
    assertThat(service.finish(host.publicHalf(), INSTANCE, "cd").toText()).isNotEqualTo(ofHost);
    assertThat(KeyExchange.begin().finish(host.publicHalf(), INSTANCE, "ab").toText())
        .isNotEqualTo(ofHost);
  }

  @Test
  void aHalfThatIsNoneIsRefused() {
    KeyExchange host = KeyExchange.begin();
    // a point of small order would make a key that everybody can work out
    String smallOrder = "MCowBQYDK2VuAyEA" + "A".repeat(43) + "=";
    for (String half : new String[] {"", "AAAA", "not base64", smallOrder}) {
      assertThatThrownBy(() -> host.finish(half, INSTANCE, "ab"))
          .as(half)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aFileThatHoldsNoKeyIsRefused() {
    for (String text : new String[] {"", "00", SECRET + "00", "x".repeat(64)}) {
      assertThatThrownBy(() -> ScrapeKey.fromText(text))
          .isInstanceOf(InvalidKeyFileException.class);
    }
    assertThat(ScrapeKey.fromText(SECRET + "\n").toText()).isEqualTo(SECRET);
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] other = bytes.clone();
    other[bit / 8] ^= (byte) (1 << (bit % 8));
    return other;
  }
}
