package io.fleetward.service.access;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Knows callers by their tokens and follows changes of the tokens file; a bad file leaves the last
/// good tokens in force. Thread safe; [#refresh] reads the disk, [#callerOf] does not.
public final class Gatekeeper {
  private final Path file;
  private final AtomicReference<Held> held;

  /// @param state the file's when it was last looked at, good or bad; null if it was not there
  private record Held(Tokens tokens, @Nullable State state) {}

  private record State(FileTime modified, long size, @Nullable Object key) {}

  private Gatekeeper(Path file, Held first) {
    this.file = file;
    this.held = new AtomicReference<>(first);
  }

  /// @throws InvalidConfigurationException if the file cannot be used, with every problem
  public static Gatekeeper open(Path file) {
    State state = stateOf(file);
    return new Gatekeeper(file, new Held(TokensFile.read(file), state));
  }

  /// Who owns this secret; empty if it opens nothing.
  public Optional<Caller> callerOf(String secret) {
    return held.get().tokens().callerOf(secret);
  }

  /// Reads the file again if it changed since it was last looked at.
  public Refresh refresh() {
    Held before = held.get();
    State state = stateOf(file);
    if (state != null && state.equals(before.state())) {
      return new Refresh.Unchanged();
    }
    if (state == null && before.state() == null) {
      return new Refresh.Unchanged();
    }
    try {
      Tokens tokens = TokensFile.read(file);
      held.compareAndSet(before, new Held(tokens, state));
      return new Refresh.Changed(tokens.entries().size());
    } catch (InvalidConfigurationException e) {
      held.compareAndSet(before, new Held(before.tokens(), state));
      return new Refresh.Kept(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable State stateOf(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException _) {
      // reading it will tell why
      return null;
    }
  }

  /// What came of looking at the file again.
  public sealed interface Refresh {
    record Unchanged() implements Refresh {}

    /// @param tokens how many are in force now
    record Changed(int tokens) implements Refresh {}

    /// The file is bad; the tokens that were in force stay.
    ///
    /// @param problems what is wrong with it, one a line
    record Kept(String problems) implements Refresh {}
  }
}
