package io.fleetward.bench.causes;

import io.fleetward.bench.Figure;
import io.fleetward.bench.causes.InjectedFault.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What the product says about the causes of injected faults.
///
/// @param rightFirst the share of faults of resources (processor, network) whose host comes first
/// @param figures about them and all others
public record CauseResults(double rightFirst, List<Figure> figures) {
  private static final List<String> CODE_FAULTS = List.of("exception", "return");

  public CauseResults {
    figures = List.copyOf(figures);
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
    List<Figure> figures = new ArrayList<>();
    List<Verdict> resources =
        trained.stream().filter(each -> !CODE_FAULTS.contains(each.fault().kind())).toList();
    figures.addAll(figures("Nezha, all resource faults", resources));
    for (String kind : kinds(trained)) {
      figures.addAll(figures("Nezha, " + kind, of(kind, trained)));
    }
    figures.addAll(
        figures(
            "Nezha, resource faults, models that start cold with the day",
            cold.stream().filter(each -> !CODE_FAULTS.contains(each.fault().kind())).toList()));
    return new CauseResults(share(resources, 1), figures);
  }

  /// PetShop: all kinds of traffic in a folder; models learn from the normal operation of the first
  /// that has some.
  ///
  /// @param progress hears a line for each issue
  public static CauseResults petshop(Path folder, Consumer<String> progress) {
    List<Verdict> all = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
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
      figures.addAll(figures("PetShop, " + kind.getFileName(), verdicts));
    }
    for (String kind : kinds(all)) {
      figures.addAll(figures("PetShop, " + kind, of(kind, all)));
    }
    return new CauseResults(share(all, 1), figures);
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

  private static List<Figure> figures(String what, List<Verdict> verdicts) {
    int[] delays =
        verdicts.stream().mapToInt(Verdict::delay).filter(d -> d >= 0).sorted().toArray();
    String unit = "of %d".formatted(verdicts.size());
    return List.of(
        new Figure(what + ": right one first", count(verdicts, 1), unit),
        new Figure(what + ": among the first three", count(verdicts, 3), unit),
        new Figure(what + ": it alarmed itself", delays.length, unit),
        new Figure(what + ": after, median", median(delays), "rows"));
  }

  private static double median(int[] sorted) {
    return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElse(-1);
  }

  private static long count(List<Verdict> verdicts, int first) {
    return verdicts.stream().filter(each -> each.rank() >= 1 && each.rank() <= first).count();
  }

  private static double share(List<Verdict> verdicts, int first) {
    return (double) count(verdicts, first) / verdicts.size();
  }
}
