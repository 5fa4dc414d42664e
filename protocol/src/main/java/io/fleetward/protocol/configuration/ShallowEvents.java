package io.fleetward.protocol.configuration;

import java.util.Optional;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.Parser;

/// The events of a YAML text, up to a depth: whoever makes nodes of them recurses, and would
/// exhaust the stack. Used once, by one thread.
final class ShallowEvents implements Parser {
  private final Parser events;
  private final int mostLevels;
  private int depth;

  ShallowEvents(Parser events, int mostLevels) {
    this.events = events;
    this.mostLevels = mostLevels;
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return events.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return events.peekEvent();
  }

  @Override
  public boolean hasNext() {
    return events.hasNext();
  }

  /// @throws TooDeepException at the first value below the last level
  @Override
  public Event next() {
    Event event = events.next();
    switch (event.getEventId()) {
      case SequenceStart, MappingStart -> depth++;
      case SequenceEnd, MappingEnd -> depth--;
      default -> {}
    }
    if (depth > mostLevels) {
      throw new TooDeepException(event.getStartMark());
    }
    return event;
  }

  /// There are more levels than allowed.
  static final class TooDeepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Mark> start;

    TooDeepException(Optional<Mark> start) {
      this.start = start;
    }

    Optional<Mark> start() {
      return start;
    }
  }
}
