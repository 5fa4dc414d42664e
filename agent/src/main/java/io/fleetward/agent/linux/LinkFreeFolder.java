package io.fleetward.agent.linux;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// A folder that is held open and was reached step by step from the root without following a link:
/// what is done in it is done in it, whatever becomes of the names on the way. Confined to one
/// thread.
public final class LinkFreeFolder implements AutoCloseable {
  private final SecureDirectoryStream<Path> stream;
  private final Path path;

  private LinkFreeFolder(SecureDirectoryStream<Path> stream, Path path) {
    this.stream = stream;
    this.path = path;
  }

  /// @param path absolute, without `.` and `..`
  /// @throws IOException if it is not there, no folder, or has a link among its steps
  public static LinkFreeFolder open(Path path) throws IOException {
    if (!path.isAbsolute() || !path.normalize().equals(path)) {
      throw new IOException("%s is no absolute path without . and ..".formatted(path));
    }
    LinkFreeFolder folder = root();
    for (Path step : path) {
      try (LinkFreeFolder above = folder) {
        folder = above.inside(step);
      }
    }
    return folder;
  }

  @SuppressWarnings("StreamResourceLeak") // closed with the folder
  private static LinkFreeFolder root() throws IOException {
    Path root = Path.of("/");
    DirectoryStream<Path> stream = Files.newDirectoryStream(root);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return new LinkFreeFolder(secure, root);
    }
    stream.close();
    throw new IOException("this system has no openat, so no folder can be held");
  }

  /// A folder in it.
  ///
  /// @throws IOException if it is a link or no folder
  public LinkFreeFolder inside(Path name) throws IOException {
    return new LinkFreeFolder(
        stream.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS), path.resolve(name));
  }

  /// Where it was when it was opened, for messages.
  public Path path() {
    return path;
  }

  /// The names in it; to be asked once.
  public List<Path> names() throws IOException {
    List<Path> names = new ArrayList<>();
    try {
      for (Path entry : stream) {
        names.add(entry.getFileName());
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  /// What a name in it stands for; a link stands for itself.
  ///
  /// @throws NoSuchFileException if it is not there (any more)
  public BasicFileAttributes attributes(Path name) throws IOException {
    return stream
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  /// What tells a filesystem from another: two folders with the same are on one.
  public String device() throws IOException {
    BasicFileAttributes attributes =
        stream.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
    String key = String.valueOf(attributes.fileKey());
    int comma = key.indexOf(',');
    return comma < 0 ? key : key.substring(0, comma);
  }

  /// Takes a file's name away.
  ///
  /// @throws IOException if it is a folder or gone
  public void delete(Path name) throws IOException {
    stream.deleteFile(name);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
