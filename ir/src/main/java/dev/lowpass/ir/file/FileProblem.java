package dev.lowpass.ir.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;

/** Java says what is wrong with a file mostly by the class of an exception whose message is the file's name. */
public final class FileProblem {
  private FileProblem() {}

  /** What is wrong, in words that follow the file's name. */
  public static String of(IOException problem) {
    return switch (problem) {
      case NoSuchFileException _ -> "no such file or folder";
      case AccessDeniedException _ -> "access denied";
      case FileAlreadyExistsException _ -> "is there already, and something else";
      case NotDirectoryException _ -> "is no folder";
      case DirectoryNotEmptyException _ -> "is a folder with something in it";
      case FileSystemLoopException _ -> "is a link that leads to itself";
      case NotLinkException _ -> "is no link";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      case FileSystemException other -> "cannot be used (" + other.getClass().getSimpleName() + ")";
      default -> problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
    };
  }
}
