package io.fleetward.protocol.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Makes damaged input from valid input, the same for the same seed. Confined to one thread.
public final class Damage {
  private final long seed;
  private final RandomGenerator random;

  private Damage(long seed) {
    this.seed = seed;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// Damage with the seed of `-Dfleetward.seed=`, or with a new one, which is printed.
  public static Damage of(Class<?> test) {
    Long given = Long.getLong("fleetward.seed");
    long seed = given == null ? System.nanoTime() : given;
    System.out.printf("%s: -Dfleetward.seed=%d%n", test.getSimpleName(), seed);
    return new Damage(seed);
  }

  public long seed() {
    return seed;
  }

  public RandomGenerator random() {
    return random;
  }

  /// One of the inputs with one to four places changed, cut or repeated; or just random bytes.
  public byte[] next(List<byte[]> valid) {
    if (random.nextInt(8) == 0) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      return bytes;
    }
    byte[] bytes = valid.get(random.nextInt(valid.size())).clone();
    for (int places = random.nextInt(4); places >= 0 && bytes.length > 0; places--) {
      bytes = damaged(bytes, random.nextInt(bytes.length));
    }
    return bytes;
  }

  private byte[] damaged(byte[] bytes, int at) {
    switch (random.nextInt(5)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> bytes[at] = (byte) 0xff;
      case 3 -> {
        return Arrays.copyOf(bytes, at);
      }
      default -> {
        return repeated(bytes, at, random.nextInt(bytes.length - at + 1));
      }
    }
    return bytes;
  }

  private static byte[] repeated(byte[] bytes, int from, int length) {
    byte[] longer = new byte[bytes.length + length];
    System.arraycopy(bytes, 0, longer, 0, from + length);
    System.arraycopy(bytes, from, longer, from + length, bytes.length - from);
    return longer;
  }
}
