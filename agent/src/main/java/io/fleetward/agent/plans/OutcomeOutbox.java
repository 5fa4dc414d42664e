package io.fleetward.agent.plans;

import io.fleetward.agent.linux.DurableMove;
import io.fleetward.agent.shipping.OutgoingRecord;
import io.fleetward.agent.shipping.OutgoingRecord.Patience;
import io.fleetward.protocol.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Outcomes on their way to Kafka, each in a file until the broker has it: they are sent at least
/// once, a crash in between included. Thread safe.
public final class OutcomeOutbox {
  private static final Logger log = LoggerFactory.getLogger(OutcomeOutbox.class);
  private static final String SUFFIX = ".json";

  private final Path folder;
  private final Consumer<OutgoingRecord> shipper;
  private final PlanEvents events;
  private final AtomicLong last = new AtomicLong();

  /// @param state the agent's state folder
  /// @param shipper takes records and never waits
  public OutcomeOutbox(Path state, Consumer<OutgoingRecord> shipper, PlanEvents events) {
    this.folder = state.resolve("outbox");
    this.shipper = shipper;
    this.events = events;
  }

  /// Sends what an earlier run of the agent left.
  ///
  /// @throws IOException if the folder cannot be used
  public void open() throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : entries.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList()) {
        ship(file, Files.readAllBytes(file));
      }
    }
  }

  /// Sends an outcome, having put it away if the disk has room for it.
  ///
  /// @param envelope a signed outcome, JSON
  /// @return whether it is on the disk, so that it is sent even after a crash
  public boolean put(String envelope) {
    byte[] bytes = envelope.getBytes(StandardCharsets.UTF_8);
    long number = last.updateAndGet(before -> Math.max(before + 1, System.currentTimeMillis()));
    Path file = folder.resolve("%016d%s".formatted(number, SUFFIX));
    boolean isStored = store(bytes, file, folder.resolve(number + ".tmp"));
    ship(file, bytes);
    return isStored;
  }

  private static boolean store(byte[] bytes, Path file, Path unfinished) {
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
      DurableMove.move(unfinished, file);
      return true;
    } catch (IOException e) {
      // a full disk, most likely, which must not keep its own repair from being told
      log.atWarn().addKeyValue("file", file).setCause(e).log("outcome sent without being put away");
      deleteQuietly(unfinished);
      return false;
    }
  }

  private static void deleteQuietly(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException _) {
      // what is left of it is overwritten or ignored
    }
  }

  private void ship(Path file, byte[] bytes) {
    shipper.accept(
        new OutgoingRecord(
            Topics.OUTCOMES,
            bytes,
            Map.of(),
            System.currentTimeMillis(),
            Patience.UNTIL_STORED,
            () -> sent(file)));
  }

  private void sent(Path file) {
    events.outcomeSent();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // it will be sent once more after a restart, which those who read it can bear
      log.atWarn().addKeyValue("file", file).setCause(e).log("sent outcome cannot be removed");
    }
  }

  /// How many outcomes wait to be sent.
  public long waiting() {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(file -> file.toString().endsWith(SUFFIX)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
