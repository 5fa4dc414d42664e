package io.fleetward.agent.shipping;

import io.fleetward.agent.shipping.BrokerClock.HostClock;
import io.fleetward.agent.spool.Spool;
import io.fleetward.agent.spool.SpooledEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Records that wait for the broker, oldest first: on the disk, and behind them in memory what the
/// disk has not taken yet. Anybody may [#keep] and ask; the rest is for the replaying thread, which
/// may be held up by the disk while it holds no lock.
final class Backlog {
  private static final long MOST_MEMORY_BYTES = 4L << 20;
  private static final int MOST_BYTES_AT_ONCE = 512 << 10;
  private static final Duration LONGEST_DISK_ACCESS = Duration.ofSeconds(10);

  private final Spool spool;
  private final HostClock clock;
  private final ShippingEvents events;

  /// What is not on the disk yet; guarded by itself.
  private final ArrayDeque<Shipment> arrivals = new ArrayDeque<>();

  private long arrivalBytes;
  private volatile int waiting;

  /// Since when the disk is being waited for; 0 while it is not.
  private volatile long diskSinceNanos;

  private volatile long oldestMillis = Long.MAX_VALUE;

  private final Map<Long, Shipment> stillWithProducer = new HashMap<>();
  private List<Shipment> taken = List.of();
  private long takenFrom = Long.MAX_VALUE;
  private boolean isDiskRefusing;

  Backlog(Spool spool, HostClock clock, ShippingEvents events) {
    this.spool = spool;
    this.clock = clock;
    this.events = events;
  }

  /// Takes a record; the oldest that are only in memory are dropped where there are too many.
  void keep(Shipment shipment) {
    int dropped = 0;
    synchronized (arrivals) {
      while (arrivalBytes + shipment.record().bytes() > MOST_MEMORY_BYTES && !arrivals.isEmpty()) {
        arrivalBytes -= arrivals.removeFirst().record().bytes();
        dropped++;
      }
      arrivals.addLast(shipment);
      arrivalBytes += shipment.record().bytes();
    }
    if (dropped > 0) {
      events.dropped("queue-full", dropped);
    }
  }

  /// Whether the disk has not answered for so long that it must not be waited for.
  boolean hangs() {
    long since = diskSinceNanos;
    return since != 0 && clock.monotonicNanos() - since > LONGEST_DISK_ACCESS.toNanos();
  }

  boolean isEmpty() {
    return records() == 0;
  }

  /// How many records wait, those included that are on their way.
  long records() {
    synchronized (arrivals) {
      return spool.records() + arrivals.size() + waiting;
    }
  }

  /// Bytes on the disk.
  long diskBytes() {
    return spool.bytes();
  }

  /// Bytes in memory.
  long memoryBytes() {
    synchronized (arrivals) {
      return arrivalBytes;
    }
  }

  /// When the oldest that is known was taken, on the host's clock; [Long#MAX_VALUE] if there is
  /// none.
  long oldestMillis() {
    return isEmpty() ? Long.MAX_VALUE : oldestMillis;
  }

  /// Writes to the disk what has arrived, as far as it takes it.
  void store() {
    diskSinceNanos = Math.max(1, clock.monotonicNanos());
    try {
      for (var next = firstArrival(); next.isPresent(); next = firstArrival()) {
        write(next.get());
        removeFirst(next.get());
        isDiskRefusing = false;
      }
      spool.sync();
    } catch (IOException e) {
      if (!isDiskRefusing) {
        isDiskRefusing = true;
        events.spoolFailed(String.valueOf(e.getMessage()));
      }
    } finally {
      diskSinceNanos = 0;
    }
  }

  private void write(Shipment shipment) throws IOException {
    if (shipment.isDone()) {
      return;
    }
    OutgoingRecord record = shipment.record();
    long number = spool.append(record.timeMillis(), RecordBytes.of(record));
    if (shipment.isWaiting()) {
      stillWithProducer.put(number, shipment);
    }
    oldestMillis = Math.min(oldestMillis, record.timeMillis());
    events.spooled(1);
  }

  private Optional<Shipment> firstArrival() {
    synchronized (arrivals) {
      return Optional.ofNullable(arrivals.peekFirst());
    }
  }

  /// @return whether it was still there, and not dropped for newer ones
  private boolean removeFirst(Shipment shipment) {
    synchronized (arrivals) {
      boolean isFirst = arrivals.peekFirst() == shipment;
      if (isFirst) {
        arrivals.removeFirst();
        arrivalBytes -= shipment.record().bytes();
      }
      return isFirst;
    }
  }

  /// The number of the next record on the disk; all that wait there now have a lower one.
  long nextNumber() {
    return spool.nextSequence();
  }

  /// The oldest records, to be sent; those of the last time must have been [#delivered]. Some may
  /// be with the producer still, or done by now.
  ///
  /// @param most how many, 1 or more
  List<Shipment> take(int most) {
    diskSinceNanos = Math.max(1, clock.monotonicNanos());
    try {
      List<Shipment> fromDisk = fromDisk(most);
      // what arrives just now goes to the disk first, if that takes it
      taken = fromDisk.isEmpty() && isDiskRefusing ? fromMemory() : fromDisk;
    } finally {
      diskSinceNanos = 0;
    }
    oldestMillis = taken.isEmpty() ? Long.MAX_VALUE : taken.getFirst().record().timeMillis();
    return taken;
  }

  private List<Shipment> fromDisk(int most) {
    List<Shipment> shipments = new ArrayList<>();
    int bytes = 0;
    while (shipments.size() < most && bytes < MOST_BYTES_AT_ONCE) {
      Optional<SpooledEntry> entry = spool.next();
      if (entry.isEmpty()) {
        break;
      }
      takenFrom = shipments.isEmpty() ? entry.get().sequence() : takenFrom;
      Optional<Shipment> shipment = shipmentOf(entry.get());
      shipment.ifPresent(shipments::add);
      bytes += entry.get().content().length;
    }
    if (shipments.isEmpty() && !spool.isEmpty()) {
      // nothing of what is left can be read
      spool.delivered();
    }
    return List.copyOf(shipments);
  }

  private Optional<Shipment> shipmentOf(SpooledEntry entry) {
    Shipment known = stillWithProducer.remove(entry.sequence());
    if (known != null) {
      return Optional.of(known);
    }
    try {
      return Optional.of(new Shipment(RecordBytes.read(entry.timeMillis(), entry.content())));
    } catch (IOException _) {
      // its checksum is good, so another version has written it
      events.damaged("record " + entry.sequence(), entry.content().length, 1);
      return Optional.empty();
    }
  }

  /// One record, so that those behind it can still go to the disk in their order.
  private List<Shipment> fromMemory() {
    Optional<Shipment> first = firstArrival();
    takenFrom = Long.MAX_VALUE;
    if (first.isPresent() && removeFirst(first.get())) {
      waiting = 1;
      return List.of(first.get());
    }
    return List.of();
  }

  /// The number of the first that was taken; [Long#MAX_VALUE] if that was not on the disk.
  long takenFrom() {
    return takenFrom;
  }

  /// What was taken need not be kept any more.
  void delivered() {
    diskSinceNanos = Math.max(1, clock.monotonicNanos());
    try {
      if (waiting == 0) {
        spool.delivered();
      }
      waiting = 0;
      taken = List.of();
    } finally {
      diskSinceNanos = 0;
    }
  }

  /// Puts everything on the disk that is not there.
  void close() {
    synchronized (arrivals) {
      if (waiting > 0) {
        taken.forEach(arrivals::addFirst);
      }
    }
    store();
    try {
      spool.close();
    } catch (IOException e) {
      events.spoolFailed(String.valueOf(e.getMessage()));
    }
  }
}
