package io.fleetward.agent.spool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Records that say which one they are: a number, and a filling that follows from it.
final class NumberedRecords {
  private static final int MOST_FILLING = 300;

  private NumberedRecords() {}

  static byte[] content(long number) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(number);
    byte[] content = new byte[Long.BYTES + random.nextInt(MOST_FILLING)];
    if (number % 2 == 0) {
      // every other one does not get smaller by packing
      random.nextBytes(content);
    }
    return ByteBuffer.wrap(content).putLong(0, number).array();
  }

  /// @throws AssertionError if this is not what [#content] makes
  static long numberOf(SpooledEntry entry) {
    long number = ByteBuffer.wrap(entry.content()).getLong();
    if (!java.util.Arrays.equals(entry.content(), content(number))
        || entry.timeMillis() != number) {
      throw new AssertionError("record %d is not what was written".formatted(number));
    }
    return number;
  }

  static void append(Spool spool, long number) throws java.io.IOException {
    spool.append(number, content(number));
  }

  /// All that is left to be read.
  static List<Long> rest(Spool spool) {
    List<Long> numbers = new ArrayList<>();
    for (var entry = spool.next(); entry.isPresent(); entry = spool.next()) {
      numbers.add(numberOf(entry.get()));
    }
    return numbers;
  }
}
