package io.fleetward.remediation.policy;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The actions that policies may use. A host's allow-list can only narrow it.
public record ActionCatalogue(Map<String, Action> actions) {
  public ActionCatalogue {
    actions = Map.copyOf(actions);
  }

  public static ActionCatalogue of(Collection<Action> actions) {
    Map<String, Action> byName = new LinkedHashMap<>();
    actions.forEach(action -> byName.put(action.name(), action));
    return new ActionCatalogue(byName);
  }

  public Optional<Action> find(String name) {
    return Optional.ofNullable(actions.get(name));
  }

  public Set<String> names() {
    return new TreeSet<>(actions.keySet());
  }
}
