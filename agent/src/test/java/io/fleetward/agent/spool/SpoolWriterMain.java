package io.fleetward.agent.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Writes to a spool and reads from it until it is killed, and says what it has done: `w N` once
/// record N is written, `r N` once it is read and `d N` once all up to N have been told delivered.
final class SpoolWriterMain {
  static final SpoolLimits LIMITS = new SpoolLimits(64 << 20, 4_000, Duration.ofMillis(50));

  private SpoolWriterMain() {}

  /// @param arguments folder, number of the first record, seed
  static void main(String[] arguments) throws IOException {
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(Long.parseLong(arguments[2]));
    try (Spool spool = Spool.open(Path.of(arguments[0]), LIMITS, new LostRecords())) {
      for (long number = Long.parseLong(arguments[1]); ; number++) {
        NumberedRecords.append(spool, number);
        say('w', number);
        spool.sync();
        if (random.nextInt(20) == 0) {
          deliver(spool, random.nextInt(30));
        }
      }
    }
  }

  private static void deliver(Spool spool, int count) {
    long last = -1;
    for (int i = 0; i < count; i++) {
      var entry = spool.next();
      if (entry.isEmpty()) {
        break;
      }
      last = NumberedRecords.numberOf(entry.get());
      say('r', last);
    }
    spool.delivered();
    if (last >= 0) {
      say('d', last);
    }
  }

  private static void say(char what, long number) {
    System.out.println(what + " " + number);
    System.out.flush();
  }
}
