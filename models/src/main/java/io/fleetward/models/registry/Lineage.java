package io.fleetward.models.registry;

import io.fleetward.models.registry.Step.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The versions of one model for one class of hosts, and what each is: everything follows from the
/// steps taken, so that the steps are all that has to be kept. Immutable.
///
/// There is at most one champion and one challenger. A version that a person rolled back is never
/// champion again.
public final class Lineage {
  /// So many former champions can return; older ones are only history.
  public static final int MOST_FORMER = 4;

  private final List<Step> steps;
  private final Map<String, Kind> newest = new LinkedHashMap<>();
  private final List<String> former = new ArrayList<>();

  private Lineage(List<Step> steps) {
    this.steps = List.copyOf(steps);
    this.steps.forEach(this::follow);
  }

  /// No version yet.
  public static Lineage empty() {
    return new Lineage(List.of());
  }

  /// @throws IllegalArgumentException if no registry takes such steps
  public static Lineage of(List<Step> steps) {
    return new Lineage(steps);
  }

  /// What came of a wish.
  public sealed interface Change {
    /// @param lineage as it is now
    /// @param steps what was taken, in order
    record Made(Lineage lineage, List<Step> steps) implements Change {
      public Made {
        steps = List.copyOf(steps);
      }
    }

    record Refused(String reason) implements Change {}
  }

  private void follow(Step step) {
    String version = step.version();
    boolean fits =
        switch (step.kind()) {
          case FIRST -> !newest.containsKey(version) && champion().isEmpty();
          case CHALLENGES ->
              !newest.containsKey(version) && champion().isPresent() && challenger().isEmpty();
          case UNUSABLE -> !newest.containsKey(version);
          case PROMOTED -> is(version, Role.CHALLENGER) && champion().isEmpty();
          case SUCCEEDED, ROLLED_BACK -> is(version, Role.CHAMPION);
          case SUPERSEDED -> is(version, Role.CHALLENGER);
          case RESTORED -> former.contains(version) && champion().isEmpty();
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "version %s cannot be %s now".formatted(version, step.kind().word()));
    }
    newest.put(version, step.kind());
    former.remove(version);
    if (step.kind() == Kind.SUCCEEDED) {
      former.add(version);
      if (former.size() > MOST_FORMER) {
        former.removeFirst();
      }
    }
  }

  private boolean is(String version, Role role) {
    return roleOf(version).equals(Optional.of(role));
  }

  public Optional<Role> roleOf(String version) {
    return Optional.ofNullable(newest.get(version)).map(Kind::role);
  }

  public boolean isRolledBack(String version) {
    return newest.get(version) == Kind.ROLLED_BACK;
  }

  public Optional<String> champion() {
    return inRole(Role.CHAMPION);
  }

  public Optional<String> challenger() {
    return inRole(Role.CHALLENGER);
  }

  private Optional<String> inRole(Role role) {
    return newest.entrySet().stream()
        .filter(version -> version.getValue().role() == role)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// Champions that can return, the latest last.
  public List<String> former() {
    return List.copyOf(former);
  }

  /// Versions that may still be wanted; of the others only the record is needed.
  public List<String> wanted() {
    List<String> wanted = new ArrayList<>(former);
    champion().ifPresent(wanted::add);
    challenger().ifPresent(wanted::add);
    return List.copyOf(wanted);
  }

  /// All versions, in the order in which they came.
  public List<String> versions() {
    return List.copyOf(newest.keySet());
  }

  /// All that happened, oldest first.
  public List<Step> steps() {
    return steps;
  }

  /// Takes in a version that is usable: as champion if there is none, else as challenger, in place
  /// of an older one.
  public Change enter(String version, Instant at, String reason) {
    if (newest.containsKey(version)) {
      return new Change.Refused("version %s is known already".formatted(version));
    }
    List<Step> taken = new ArrayList<>();
    if (champion().isEmpty()) {
      taken.add(new Step(at, version, Kind.FIRST, TRAINING, reason));
    } else {
      challenger()
          .ifPresent(older ->
              taken.add(
                  new Step(
                      at, older, Kind.SUPERSEDED, TRAINING, "the newer %s".formatted(version))));
      taken.add(new Step(at, version, Kind.CHALLENGES, TRAINING, reason));
    }
    return made(taken);
  }

  /// Notes a version that must not be used.
  public Change reject(String version, Instant at, String reason) {
    return newest.containsKey(version)
        ? new Change.Refused("version %s is known already".formatted(version))
        : made(List.of(new Step(at, version, Kind.UNUSABLE, TRAINING, reason)));
  }

  /// Makes the challenger champion.
  public Change promote(String version, Instant at, String reason) {
    if (!is(version, Role.CHALLENGER)) {
      return new Change.Refused(
          "version %s is not the challenger; only the challenger can be promoted"
              .formatted(version));
    }
    List<Step> taken = new ArrayList<>();
    champion()
        .ifPresent(former ->
            taken.add(
                new Step(at, former, Kind.SUCCEEDED, TRAINING, "%s is better".formatted(version))));
    taken.add(new Step(at, version, Kind.PROMOTED, TRAINING, reason));
    return made(taken);
  }

  /// Takes the champion back for good; the latest former champion returns, or nobody is champion
  /// and hosts start cold.
  ///
  /// @param version the champion that is meant, so that asking twice takes back one
  public Change rollBack(String version, Instant at, String by, String reason) {
    if (!is(version, Role.CHAMPION)) {
      return new Change.Refused(
          "version %s is not the champion (%s is)".formatted(version, champion().orElse("none")));
    }
    List<Step> taken = new ArrayList<>();
    taken.add(new Step(at, version, Kind.ROLLED_BACK, by, reason));
    if (!former.isEmpty()) {
      taken.add(
          new Step(
              at, former.getLast(), Kind.RESTORED, by, "%s was rolled back".formatted(version)));
    }
    return made(taken);
  }

  private Change made(List<Step> taken) {
    List<Step> all = new ArrayList<>(steps);
    all.addAll(taken);
    return new Change.Made(new Lineage(all), taken);
  }

  /// Who takes the steps that no person takes.
  public static final String TRAINING = "training";
}
