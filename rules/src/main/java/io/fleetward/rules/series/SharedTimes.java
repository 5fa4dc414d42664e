package io.fleetward.rules.series;

import org.jspecify.annotations.Nullable;

/// Finds times that series of one store can share: the samples of one scrape come together, so
/// hundreds of series have the same few. Confined to its store's thread.
final class SharedTimes {
  /// How many are kept in mind: a few for each length of time that series are kept, and as many
  /// that are free to be used again.
  private static final int MOST = 16;

  /// What series start with.
  private final Times none = new Times(0);

  private final @Nullable Times[] known = new Times[MOST];
  private int turn;

  Times none() {
    return none;
  }

  /// Times that hold a part of `old`, from the start on, and then one more. The caller uses these
  /// from now on, and `old` no longer.
  Times following(Times old, int from, int to, int capacity, long nextMillis) {
    @Nullable Times free = null;
    for (@Nullable Times times : known) {
      if (times == null || times.capacity() != capacity) {
        continue;
      }
      if (times.isUnused()) {
        free = times;
      } else if (times.holds(old, from, to, nextMillis)) {
        return changed(old, times);
      }
    }
    if (old.hasOneUser() && old.capacity() == capacity) {
      old.become(old, from, to, nextMillis);
      return old;
    }
    Times own = free == null ? remembered(new Times(capacity)) : free;
    own.become(old, from, to, nextMillis);
    return changed(old, own);
  }

  private static Times changed(Times old, Times now) {
    old.leave();
    now.join();
    return now;
  }

  /// Keeps times in mind, instead of some that nobody uses if there are such.
  private Times remembered(Times times) {
    for (int i = 0; i < MOST; i++) {
      turn = (turn + 1) % MOST;
      Times other = known[turn];
      if (other == null || other.isUnused()) {
        break;
      }
    }
    known[turn] = times;
    return times;
  }
}
