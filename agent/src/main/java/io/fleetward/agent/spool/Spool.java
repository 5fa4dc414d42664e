package io.fleetward.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Records on the disk, first in, first out. When there is no more room the oldest file goes. What
/// a crash has torn or a disk has damaged is passed over; everything else is given back, in order.
///
/// Confined to one thread, except [#records] and [#bytes].
public final class Spool implements AutoCloseable {
  private final Path folder;
  private final SpoolLimits limits;
  private final SpoolEvents events;
  private final SpoolPosition position;
  private final Packing packing = new Packing();
  private final TreeMap<Long, Segment> segments = new TreeMap<>();
  private @Nullable SegmentWriter writer;
  private @Nullable SegmentReader reader;

  /// Number of the next record to be written.
  private long nextSequence;

  /// Number of the next record to be read.
  private long nextRead;

  private long size;
  private byte[] frame = new byte[8 << 10];
  private long syncedNanos = System.nanoTime();
  private volatile long records;
  private volatile long bytes;

  private Spool(Path folder, SpoolLimits limits, SpoolEvents events, SpoolPosition position) {
    this.folder = folder;
    this.limits = limits;
    this.events = events;
    this.position = position;
  }

  /// Opens a spool with what an earlier run left in it.
  ///
  /// @throws IOException if the folder cannot be used, or another process uses it
  public static Spool open(Path folder, SpoolLimits limits, SpoolEvents events) throws IOException {
    Files.createDirectories(folder);
    SpoolPosition position = SpoolPosition.open(folder);
    Spool spool = new Spool(folder, limits, events, position);
    try {
      spool.findSegments();
      return spool;
    } catch (IOException e) {
      spool.close();
      throw e;
    }
  }

  private void findSegments() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Optional<Long> first = Segment.firstSequenceOf(file);
        if (first.isPresent()) {
          segments.put(first.get(), new Segment(file, first.get(), Files.size(file)));
        }
      }
    }
    size = segments.values().stream().mapToLong(Segment::bytes).sum();
    nextSequence = position.next();
    if (!segments.isEmpty()) {
      Segment last = segments.lastEntry().getValue();
      nextSequence = Math.max(nextSequence, endOf(last));
      if (nextSequence == last.firstSequence()) {
        // no record in it can be read; the next one will have its name
        tellLost(last, last.bytes(), nextRead);
        remove(last);
      }
    }
    nextRead = Math.max(position.next(), firstKept());
    removeDelivered();
    publish();
  }

  /// The number after the last that can be read in a segment.
  private long endOf(Segment last) {
    long end = last.firstSequence();
    try (SegmentReader whole = SegmentReader.open(last, packing)) {
      for (var entry = whole.next(); entry.isPresent(); entry = whole.next()) {
        end = entry.get().sequence() + 1;
      }
    } catch (IOException _) {
      // what follows cannot be had
    }
    return end;
  }

  /// Writes a record behind all others; a killed process keeps it from here on, a power cut after
  /// [#sync].
  ///
  /// @return its number
  /// @throws IOException if it is not written, such as on a full disk; it may be tried again
  public long append(long timeMillis, byte[] content) throws IOException {
    int length = frameOf(timeMillis, content);
    while (size + length > limits.mostBytes() && !segments.isEmpty()) {
      dropOldest();
    }
    SegmentWriter current = writerFor(length);
    current.write(frame, length);
    nextSequence++;
    size += length;
    publish();
    return nextSequence - 1;
  }

  private int frameOf(long timeMillis, byte[] content) {
    if (content.length > Frame.MOST_CONTENT) {
      throw new IllegalArgumentException("%d bytes are no record".formatted(content.length));
    }
    if (frame.length < Frame.HEAD_BYTES + content.length) {
      frame = new byte[Frame.HEAD_BYTES + content.length];
    }
    int stored = packing.pack(content, frame, Frame.HEAD_BYTES);
    if (stored == 0) {
      stored = content.length;
      System.arraycopy(content, 0, frame, Frame.HEAD_BYTES, stored);
    }
    int checksum = Frame.checksum(frame, Frame.HEAD_BYTES, stored);
    new Frame(stored, content.length, nextSequence, timeMillis, checksum).writeTo(frame);
    return Frame.HEAD_BYTES + stored;
  }

  private SegmentWriter writerFor(int length) throws IOException {
    SegmentWriter current = writer;
    if (current != null) {
      long size = current.segment().bytes();
      if (size == 0 || size + length <= limits.segmentBytes()) {
        return current;
      }
      closeWriter();
    }
    Files.createDirectories(folder);
    Segment segment = Segment.begun(folder, nextSequence);
    SegmentWriter created = SegmentWriter.create(segment);
    segments.put(segment.firstSequence(), segment);
    writer = created;
    return created;
  }

  /// Has the disk take what was appended, if the limits' time for that has passed.
  ///
  /// @throws IOException if the disk does not
  public void sync() throws IOException {
    long now = System.nanoTime();
    SegmentWriter current = writer;
    if (current != null && now - syncedNanos >= limits.syncEvery().toNanos()) {
      syncedNanos = now;
      current.sync();
    }
  }

  /// The oldest record that was not given out yet; empty if there is none.
  public Optional<SpooledEntry> next() {
    for (var current = currentReader(); current.isPresent(); current = currentReader()) {
      Optional<SpooledEntry> entry = read(current.get());
      if (entry.isEmpty()) {
        leave(current.get());
      } else if (entry.get().sequence() >= nextRead) {
        tellDamage(current.get(), entry.get().sequence());
        nextRead = entry.get().sequence() + 1;
        return entry;
      }
    }
    nextRead = nextSequence;
    return Optional.empty();
  }

  private Optional<SegmentReader> currentReader() {
    while (reader == null) {
      Map.Entry<Long, Segment> next = segments.floorEntry(nextRead);
      if (next == null || nextRead >= nextSequence) {
        return Optional.empty();
      }
      try {
        reader = SegmentReader.open(next.getValue(), packing);
      } catch (IOException _) {
        // somebody removed it, or the disk is broken: what was in it is lost
        tellLost(next.getValue(), next.getValue().bytes(), endOfSegment(next.getValue()));
        nextRead = endOfSegment(next.getValue());
      }
    }
    return Optional.of(reader);
  }

  private Optional<SpooledEntry> read(SegmentReader current) {
    try {
      return current.next();
    } catch (IOException _) {
      // the rest of this file cannot be had; it ends here
      return Optional.empty();
    }
  }

  private boolean isWritten(Segment segment) {
    return writer != null && writer.segment().equals(segment);
  }

  /// Goes on to the next segment. If this is the one being written, something in it is damaged,
  /// since not all was read that was written: then nothing is added to it any more.
  private void leave(SegmentReader ended) {
    Segment segment = ended.segment();
    if (isWritten(segment)) {
      closeWriter();
    }
    long end = endOfSegment(segment);
    tellDamage(ended, end);
    nextRead = Math.max(nextRead, end);
    closeReader();
  }

  /// The number after the last that a segment was written to hold.
  private long endOfSegment(Segment segment) {
    Map.Entry<Long, Segment> following = segments.higherEntry(segment.firstSequence());
    return following == null ? nextSequence : following.getKey();
  }

  private void tellDamage(SegmentReader current, long until) {
    long passedOver = current.takePassedOver();
    if (passedOver > 0 || until > nextRead) {
      tellLost(current.segment(), passedOver, until);
    }
  }

  private void tellLost(Segment segment, long passedOver, long until) {
    events.damaged(segment.file().toString(), passedOver, Math.max(0, until - nextRead));
  }

  /// Forgets all that [#next] has given out: it has arrived.
  public void delivered() {
    position.advance(nextRead);
    removeDelivered();
    publish();
  }

  private void removeDelivered() {
    while (!segments.isEmpty()
        && endOfSegment(segments.firstEntry().getValue()) <= position.next()) {
      remove(segments.firstEntry().getValue());
    }
  }

  private void dropOldest() {
    Segment oldest = segments.firstEntry().getValue();
    long end = endOfSegment(oldest);
    long unread = end - Math.max(nextRead, oldest.firstSequence());
    remove(oldest);
    nextRead = Math.max(nextRead, end);
    if (unread > 0) {
      events.oldestDropped(unread);
    }
  }

  private void remove(Segment segment) {
    if (reader != null && reader.segment().equals(segment)) {
      closeReader();
    }
    segments.remove(segment.firstSequence());
    size -= segment.bytes();
    try {
      if (writer != null && isWritten(segment)) {
        writer.abandon();
        writer = null;
      }
      Files.deleteIfExists(segment.file());
    } catch (IOException _) {
      // it stays until the next start, which knows that it was delivered
    }
  }

  private void closeWriter() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException _) {
      // the operating system has what was written, and readers know how much of it is whole
    }
    writer = null;
  }

  private void closeReader() {
    try {
      if (reader != null) {
        reader.close();
      }
    } catch (IOException _) {
      // it was only read
    }
    reader = null;
  }

  private long firstKept() {
    return segments.isEmpty() ? nextSequence : segments.firstKey();
  }

  private void publish() {
    records = nextSequence - Math.max(position.next(), firstKept());
    bytes = size;
  }

  /// The number that the next record will have.
  public long nextSequence() {
    return nextSequence;
  }

  /// How many records wait, those included that were given out but have not arrived. Thread safe.
  public long records() {
    return records;
  }

  /// How much of the disk they take. Thread safe.
  public long bytes() {
    return bytes;
  }

  public boolean isEmpty() {
    return records == 0;
  }

  /// Has the disk take everything and lets go of the folder.
  @Override
  public void close() throws IOException {
    closeReader();
    closeWriter();
    packing.close();
    position.close();
  }
}
