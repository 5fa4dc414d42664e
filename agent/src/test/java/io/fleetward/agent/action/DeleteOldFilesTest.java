package io.fleetward.agent.action;

import static io.fleetward.agent.action.RunnerFixture.assertRefused;
import static io.fleetward.agent.action.RunnerFixture.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.fleetward.agent.action.AllowedAction.DeleteOldFiles;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The built-in action on real files, with traps laid for it.
class DeleteOldFilesTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path temporary;
  private Path cache;
  private Path elsewhere;

  @BeforeEach
  void lay() throws IOException {
    Path root = temporary.toRealPath();
    cache = Files.createDirectory(root.resolve("cache"));
    elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    old(elsewhere.resolve("precious.tmp"));
  }

  @Test
  void aPlanDeletesWhatIsOldAndListed() throws Exception {
    RunnerFixture host = RunnerFixture.in(Files.createDirectory(temporary.resolve("host")));
    host.allow(
        "d.yaml",
        """
        action: delete-old-files
        folders: [%s]
        names: ["[a-z]+\\\\.tmp"]
        older_than: 1d
        budget: { at_most: 5, per: 1h }
        """
            .formatted(cache));
    Path deep = Files.createDirectories(cache.resolve("a/b"));
    old(cache.resolve("one.tmp"));
    old(deep.resolve("two.tmp"));
    Path young = Files.writeString(cache.resolve("young.tmp"), "x");
    Path other = old(cache.resolve("other.txt"));

    List<Outcome> outcomes = host.run(plan(host, cache, "2d"));

    assertThat(statuses(outcomes)).containsExactly(Status.STARTED, Status.SUCCEEDED);
    assertThat(outcomes.getLast().evidenceBefore()).containsEntry("files", "2");
    assertThat(outcomes.getLast().evidenceAfter()).containsEntry("files", "0");
    try (Stream<Path> left = Files.walk(cache)) {
      assertThat(left.filter(Files::isRegularFile)).containsExactlyInAnyOrder(young, other);
    }
    assertThat(deep).exists();

    assertRefused(host.refuse(plan(host, cache, "2d")), Refusal.PRECONDITION);
    assertRefused(host.refuse(plan(host, elsewhere, "2d")), Refusal.PARAMETER_PATTERN);
    assertRefused(host.refuse(plan(host, cache, "23h")), Refusal.PARAMETER_PATTERN);
    assertRefused(host.refuse(plan(host, cache, "all")), Refusal.PARAMETER_PATTERN);
    assertRefused(
        host.refuse(plan(host, cache.resolve("../elsewhere"), "2d")), Refusal.PARAMETER_PATTERN);
  }

  private static RunnerFixture.PlanDraft plan(RunnerFixture host, Path folder, String age) {
    return host.plan(DeleteOldFiles.NAME, Map.of("folder", folder.toString(), "older_than", age));
  }

  @Test
  void followsNoLinkBelow() throws Exception {
    Files.createSymbolicLink(cache.resolve("way"), elsewhere);
    Path link = Files.createSymbolicLink(cache.resolve("l.tmp"), elsewhere.resolve("precious.tmp"));
    aged(link);
    old(cache.resolve("x.tmp"));

    assertThat(execute(cache, 100).status()).isEqualTo(Status.SUCCEEDED);

    assertThat(elsewhere.resolve("precious.tmp")).exists();
    assertThat(Files.isSymbolicLink(link)).isTrue();
  }

  @Test
  void doesNotStartWhereAStepOfItsFolderIsALink() throws Exception {
    Path way = Files.createSymbolicLink(cache.resolveSibling("way"), cache);
    Files.createDirectory(cache.resolve("sub"));
    old(cache.resolve("sub/x.tmp"));

    assertThat(of(way, 100).objection().orElseThrow().reason()).isEqualTo(Refusal.TARGET_GONE);
    assertThat(of(way.resolve("sub"), 100).objection()).isPresent();
    assertThat(execute(way.resolve("sub"), 100).status()).isEqualTo(Status.FAILED);
    assertThat(cache.resolve("sub/x.tmp")).exists();
  }

  /// As a stranger would who may write in the folder: it becomes a link after it was judged.
  @Test
  void deletesNothingWhereTheFolderBecameALink() throws Exception {
    old(cache.resolve("precious.tmp"));
    DeleteOldFilesExecution execution = of(cache, 100);
    assertThat(execution.objection()).isEmpty();
    Files.move(cache, cache.resolveSibling("moved"));
    Files.createSymbolicLink(cache, elsewhere);

    assertThat(execution.execute(DAY).status()).isEqualTo(Status.FAILED);

    assertThat(elsewhere.resolve("precious.tmp")).exists();
  }

  @Test
  void deletesNoMoreThanTheHostAllowsAtOnce() throws Exception {
    for (int i = 0; i < 10; i++) {
      old(cache.resolve(i + ".tmp"));
    }

    assertThat(execute(cache, 4).status()).isEqualTo(Status.SUCCEEDED);

    try (Stream<Path> left = Files.list(cache)) {
      assertThat(left).hasSize(6);
    }
  }

  private Execution execute(Path folder, int mostFiles) {
    return of(folder, mostFiles).execute(Duration.ofSeconds(10));
  }

  private static DeleteOldFilesExecution of(Path folder, int mostFiles) {
    return new DeleteOldFilesExecution(
        new DeleteOldFiles(
            List.of(folder),
            List.of(Pattern.compile(".*\\.tmp")),
            DAY,
            mostFiles,
            Duration.ofSeconds(10),
            Budget.STRICT),
        Map.of("folder", folder.toString(), "older_than", "1d"),
        Instant.now());
  }

  private static Path old(Path file) throws IOException {
    Files.writeString(file, "content");
    aged(file);
    return file;
  }

  private static void aged(Path file) throws IOException {
    FileTime then = FileTime.from(Instant.now().minus(Duration.ofDays(30)));
    Files.getFileAttributeView(
            file, BasicFileAttributeView.class, java.nio.file.LinkOption.NOFOLLOW_LINKS)
        .setTimes(then, then, null);
  }
}
