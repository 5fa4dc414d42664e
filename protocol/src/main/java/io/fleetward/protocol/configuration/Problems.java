package io.fleetward.protocol.configuration;

import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong, so that all of it can be told at once. Confined to one thread.
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  public void add(Problem problem) {
    found.add(problem);
  }

  /// Adds a problem at the place of a node.
  public void at(YamlNode node, String message) {
    add(new Problem(node.place().file(), node.place().line(), node.place().column(), message));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<Problem> list() {
    return List.copyOf(found);
  }

  /// @throws InvalidConfigurationException with all problems, if there are any
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidConfigurationException(found);
    }
  }
}
