package io.fleetward.bench.causes;

import io.fleetward.bench.causes.InjectedFault.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What the product says about the causes of injected faults.
///
/// @param rightFirst the share of faults of resources (processor, network) whose host comes first
/// @param groups of faults, those of resources among them
public record CauseResults(double rightFirst, List<Group> groups) {
  private static final List<String> CODE_FAULTS = List.of("exception", "return");

  public CauseResults {
    groups = List.copyOf(groups);
  }

  /// What became of some faults.
  ///
  /// @param first faults whose host comes first
  /// @param firstThree faults whose host is among the first three
  /// @param alarmed faults whose host alarmed itself
  /// @param medianDelay rows until then; NaN if none did
  public record Group(
      String name, int faults, int first, int firstThree, int alarmed, double medianDelay) {
    static Group of(String name, List<Verdict> verdicts) {
      int[] delays =
          verdicts.stream().mapToInt(Verdict::delay).filter(delay -> delay >= 0).sorted().toArray();
      return new Group(
          name,
          verdicts.size(),
          count(verdicts, 1),
          count(verdicts, 3),
          delays.length,
          delays.length == 0 ? Double.NaN : delays[delays.length / 2]);
    }

    private static int count(List<Verdict> verdicts, int ranks) {
      return (int)
          verdicts.stream().filter(each -> each.rank() >= 1 && each.rank() <= ranks).count();
    }
  }

  /// Nezha: all days in a folder.
  ///
  /// @param progress hears a line for each fault
  public static CauseResults nezha(Path folder, Consumer<String> progress) {
    List<Verdict> trained = new ArrayList<>();
    List<Verdict> cold = new ArrayList<>();
    for (Path day : folders(folder)) {
      NezhaDay read = NezhaDay.read(day);
      trained.addAll(told(day, new NezhaRanking(read, true).verdicts(), progress));
      cold.addAll(new NezhaRanking(read, false).verdicts());
    }
    List<Group> groups = new ArrayList<>();
    List<Verdict> resources =
        trained.stream().filter(each -> !CODE_FAULTS.contains(each.fault().kind())).toList();
    Group all = Group.of("Nezha, all resource faults", resources);
    groups.add(all);
    for (String kind : kinds(trained)) {
      groups.add(Group.of("Nezha, " + kind, of(kind, trained)));
    }
    groups.add(
        Group.of(
            "Nezha, all resource faults, cold start with the day",
            cold.stream().filter(each -> !CODE_FAULTS.contains(each.fault().kind())).toList()));
    return new CauseResults((double) all.first() / all.faults(), groups);
  }

  /// PetShop: all kinds of traffic in a folder; models learn from the normal operation of the first
  /// that has some.
  ///
  /// @param progress hears a line for each issue
  public static CauseResults petshop(Path folder, Consumer<String> progress) {
    List<Verdict> all = new ArrayList<>();
    List<Group> groups = new ArrayList<>();
    List<Path> kinds = folders(folder);
    PetshopRanking ranking =
        new PetshopRanking(
            kinds.stream()
                .map(kind -> kind.resolve("noissue/metrics.csv"))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no normal operation in " + folder)));
    for (Path kind : kinds) {
      List<Verdict> verdicts = told(kind, ranking.verdicts(kind), progress);
      all.addAll(verdicts);
      groups.add(Group.of("PetShop, " + kind.getFileName(), verdicts));
    }
    for (String kind : kinds(all)) {
      groups.add(Group.of("PetShop, " + kind, of(kind, all)));
    }
    Group issues = Group.of("PetShop, all", all);
    return new CauseResults((double) issues.first() / issues.faults(), groups);
  }

  private static List<Path> folders(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be listed".formatted(folder), e);
    }
  }

  private static List<Verdict> told(Path part, List<Verdict> verdicts, Consumer<String> progress) {
    for (Verdict verdict : verdicts) {
      progress.accept(
          "%-20s %-16s %-46s rank %d, %s"
              .formatted(
                  part.getFileName(),
                  verdict.fault().kind(),
                  verdict.fault().host(),
                  verdict.rank(),
                  verdict.delay() < 0
                      ? "not seen"
                      : "seen after %d rows".formatted(verdict.delay())));
    }
    return verdicts;
  }

  private static TreeSet<String> kinds(List<Verdict> verdicts) {
    TreeSet<String> kinds = new TreeSet<>();
    verdicts.forEach(verdict -> kinds.add(verdict.fault().kind()));
    return kinds;
  }

  private static List<Verdict> of(String kind, List<Verdict> verdicts) {
    return verdicts.stream().filter(verdict -> verdict.fault().kind().equals(kind)).toList();
  }
}
