package io.fleetward.service.access;

import java.io.IOException;
import java.nio.file.Path;

/// A tokens file that could not be written; it is as it was.
public final class TokensFileNotWritableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TokensFileNotWritableException(Path file, IOException cause) {
    super(
        "%s cannot be written (%s); name a file in a folder that you may write to"
            .formatted(file, cause),
        cause);
  }
}
