package io.fleetward.bench.causes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On faults made up here: three services, of which one burns its processor.
class CauseResultsTest {
  private static final LocalDateTime START = LocalDateTime.of(2022, 8, 22, 3, 0);
  private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final int ROWS = 600;
  private static final int FAULT = 300;

  @TempDir private Path folder;

  private final List<String> progress = new ArrayList<>();

  private void pack(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    try (OutputStream bytes = new GZIPOutputStream(Files.newOutputStream(file))) {
      bytes.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void makeDay() throws IOException {
    Path day = folder.resolve("nezha/2022-08-22");
    for (String pod : List.of("front-1", "cart-1", "bank-1")) {
      SplittableRandom random = new SplittableRandom(pod.hashCode());
      String rows =
          IntStream.range(0, ROWS)
              .mapToObj(row ->
                  String.format(
                      Locale.ROOT,
                      "%s.5 +0000 UTC m=+0.1,1861140279,%s,%.3f,%.3f,%.3f,7\n",
                      TEXT.format(START.plusMinutes(row)),
                      pod,
                      random.nextDouble()
                          + (pod.equals("cart-1") && row >= FAULT && row < FAULT + 5 ? 40 : 0),
                      random.nextDouble()
                          + (pod.equals("front-1") && row >= FAULT && row < FAULT + 5 ? 90 : 0),
                      random.nextDouble()))
              .collect(Collectors.joining());
      pack(
          day.resolve(pod + "_metric.csv.gz"),
          "Time,TimeStamp,PodName,CpuUsage(m),PodServerLatencyP90(s),PodClientLatencyP90(s),"
              + "NodeCpuUsageRate(%)\n"
              + rows);
    }
    pack(day.resolve("dependency.csv.gz"), "Source,Target,Weight\nfront,cart,1\ncart,bank,1\n");
    Files.writeString(
        day.resolve("faults.json"),
        """
        {"08": [{"inject_time": "%s", "inject_timestamp": "1", "inject_pod": "cart-1",
                 "inject_type": "cpu_contention"}],
         "11": [{"inject_time": "%s", "inject_timestamp": "1", "inject_pod": "bank-1",
                 "inject_type": "return"}]}
        """
            .formatted(TEXT.format(START.plusMinutes(FAULT)), TEXT.format(START.plusMinutes(500))));
  }

  @Test
  void readsADayByItsTimesAsText() throws IOException {
    makeDay();
    NezhaDay day = NezhaDay.read(folder.resolve("nezha/2022-08-22"));

    assertThat(day.pods()).containsOnlyKeys("bank-1", "cart-1", "front-1");
    NezhaDay.PodRows cart = Objects.requireNonNull(day.pods().get("cart-1"));
    assertThat(cart.own().features()).isEqualTo(2);
    assertThat(cart.waiting().features()).isEqualTo(1);
    assertThat(day.calls()).containsOnlyKeys("front-1", "cart-1");
    assertThat(day.faults().getFirst().at()).isEqualTo(cart.own().time(FAULT));
  }

  @Test
  void ranksThePodThatCallersSufferFromFirst() throws IOException {
    makeDay();
    CauseResults results = CauseResults.nezha(folder.resolve("nezha"), progress::add);

    assertThat(results.rightFirst()).isEqualTo(1);
    assertThat(progress)
        .hasSize(2)
        .anyMatch(line -> line.contains("cart-1") && line.contains("rank 1"));
    assertThat(results.groups())
        .contains(
            new CauseResults.Group("Nezha, all resource faults", 1, 1, 1, 1, 0),
            new CauseResults.Group("Nezha, cpu_contention", 1, 1, 1, 1, 0))
        .anyMatch(group -> group.name().equals("Nezha, return"));
  }

  private static String petshop(int first, int rows, int illFrom) {
    SplittableRandom random = new SplittableRandom(first);
    return """
    microservice,front,front,bank,bank,bank
    metric,latency,requests,latency,latency,availability
    statistic,Average,Sum,Average,p90,Average
    unix_timestamp,,,,,
    """
        + IntStream.range(0, rows)
            .mapToObj(row ->
                String.format(
                    Locale.ROOT,
                    "%d.0,%.3f,%d,%.3f,%.3f,\n",
                    first + 300 * row,
                    random.nextDouble() + (row >= illFrom ? 30 : 0),
                    row,
                    random.nextDouble() + (row >= illFrom ? 60 : 0),
                    random.nextDouble() + (row >= illFrom ? 60 : 0)))
            .collect(Collectors.joining());
  }

  @Test
  void ranksTheNodeThatCausedAnIssueOfPetShop() throws IOException {
    Path low = folder.resolve("petshop/low_traffic");
    Files.createDirectories(low.resolve("noissue"));
    Files.createDirectories(low.resolve("test/issue_0"));
    Files.writeString(low.resolve("graph.csv"), ",front,bank\nfront,0.0,1.0\nbank,0.0,0.0\n");
    Files.writeString(low.resolve("noissue/metrics.csv"), petshop(1_692_608_400, 500, 500));
    Files.writeString(low.resolve("test/issue_0/metrics.csv"), petshop(1_681_885_920, 5, 1));
    Files.writeString(
        low.resolve("test/issue_0/target.json"),
        """
        {"target": {"node": "front", "metric": "latency", "agg": "Average",
                    "timestamp": 1681886323},
         "root_cause": {"node": "bank", "metric": null}}
        """);

    CauseResults results = CauseResults.petshop(folder.resolve("petshop"), progress::add);

    assertThat(results.rightFirst()).isEqualTo(1);
    assertThat(results.groups().getFirst())
        .isEqualTo(new CauseResults.Group("PetShop, low_traffic", 1, 1, 1, 1, 0));
  }
}
