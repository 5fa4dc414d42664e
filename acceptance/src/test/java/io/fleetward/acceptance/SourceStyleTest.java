package io.fleetward.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a reader can rely on in every source file, so that no file has to be opened to be found.
class SourceStyleTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final int MOST_LINES = 400;
  private static final Pattern EMPTY_NAME =
      Pattern.compile(".*(Util|Utils|Helper|Helpers|Manager|Impl|Common|Base|Misc)\\.java");

  @Test
  void noFileIsLongerThanAReaderCanHold() throws IOException {
    assertThat(sources()).allSatisfy(file -> assertThat(lines(file)).isLessThan(MOST_LINES));
  }

  @Test
  void noTypeHasANameThatSaysNothing() throws IOException {
    assertThat(sources()).noneMatch(file -> EMPTY_NAME.matcher(file.toString()).matches());
  }

  @Test
  void everyPackageSaysWhatItIs() throws IOException {
    assertThat(sources())
        .allSatisfy(file -> assertThat(file.resolveSibling("package-info.java")).exists());
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(REPOSITORY)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/main/java/"))
          .filter(file -> !file.getFileName().toString().equals("package-info.java"))
          .toList();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
