package io.fleetward.protocol.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.fuzz.Damage;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalNumberTest {
  private final DecimalNumber number = new DecimalNumber();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "1",
        "+1",
        "1.5",
        ".5",
        "5.",
        "1e3",
        "1E+3",
        "1e-3",
        "1.7976931348623157e308",
        "4.9e-324",
        "2.2250738585072011e-308",
        "1e400",
        "-1e400",
        "1e-400",
        "9007199254740993",
        "9007199254740992.5",
        "18446744073709551615",
        "123456789012345678901234567890",
        "0.000000000000000000000000000000000001",
        "1.7204e+09",
        "100000000000000016777215",
        "100000000000000016777216",
        "7.2057594037927933e+16",
        "8.98846567431158e307",
        "0.1000000000000000055511151231257827021181583404541015625"
      })
  void readsWhatJavaReads(String text) {
    assertThat(bits(text)).isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "nan", "Inf", "+Inf", "-inf", "Infinity", "-INFINITY"})
  void readsWhatIsNoNumber(String text) {
    String java = text.replaceFirst("(?i)inf(inity)?", "Infinity").replaceFirst("(?i)nan", "NaN");
    assertThat(bits(text)).isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(java)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", "+", ".", "e1", "1e", "1e+", "1.2.3", "0x1p3", "1_000", "1d", "1f", "+nan", "in",
        "infinit", "1 ", "--1", "NaNs", "1e1.5"
      })
  void refusesWhatIsNone(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(number.read(bytes, 0, bytes.length)).isFalse();
  }

  @Test
  void agreesWithJavaToTheLastBit() {
    Damage seeded = Damage.of(DecimalNumberTest.class);
    RandomGenerator random = seeded.random();
    for (int i = 0; i < 100_000; i++) {
      String text = text(random);
      assertThat(bits(text))
          .as("seed %d: %s", seeded.seed(), text)
          .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    }
  }

  private static String text(RandomGenerator random) {
    return switch (random.nextInt(5)) {
      case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong() & ~(1L << 62)));
      case 1 -> Double.toString(random.nextDouble() * Math.pow(10, random.nextInt(-20, 20)));
      case 2 -> random.nextLong() + "e" + random.nextInt(-60, 60);
      case 3 -> Long.toString(random.nextLong() >>> random.nextInt(64));
      default -> "%d.%d".formatted(random.nextInt(), random.nextLong() >>> 1);
    };
  }

  private long bits(String text) {
    byte[] bytes = (" " + text).getBytes(StandardCharsets.UTF_8);
    assertThat(number.read(bytes, 1, bytes.length)).as(text).isTrue();
    return Double.doubleToRawLongBits(number.value());
  }
}
