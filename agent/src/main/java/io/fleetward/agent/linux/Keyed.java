package io.fleetward.agent.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Things found by the bytes of a field, without making text of them. Files list their devices in a
/// steady order, so the search starts where the last one ended. Confined to one thread.
public final class Keyed<T> {
  private final Function<String, T> maker;
  private final List<Entry<T>> entries = new ArrayList<>();
  private int next;
  private int round;

  private static final class Entry<T> {
    final byte[] key;
    final T value;
    int round;

    Entry(byte[] key, T value) {
      this.key = key;
      this.value = value;
    }
  }

  /// @param maker makes the thing for a key that is seen for the first time
  public Keyed(Function<String, T> maker) {
    this.maker = maker;
  }

  /// The thing for the current field, made if it is new.
  public T get(Fields fields) {
    int size = entries.size();
    for (int i = 0; i < size; i++) {
      int at = (next + i) % size;
      Entry<T> entry = entries.get(at);
      if (fields.hasBytes(entry.key)) {
        entry.round = round;
        next = at + 1;
        return entry.value;
      }
    }
    Entry<T> entry = new Entry<>(fields.copyOfField(), maker.apply(fields.text()));
    entry.round = round;
    entries.add(entry);
    next = entries.size();
    return entry.value;
  }

  /// How many things are known.
  public int size() {
    return entries.size();
  }

  /// The thing at a place, 0 to [#size] - 1.
  public T at(int place) {
    return entries.get(place).value;
  }

  /// Forgets what was not asked for since the last call.
  public void forgetUnseen() {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).round != round) {
        entries.remove(i);
      }
    }
    round++;
    next = 0;
  }
}
