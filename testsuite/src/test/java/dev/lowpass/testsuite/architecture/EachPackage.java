package dev.lowpass.testsuite.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;

/**
 * Each package under {@code root} is a slice of its own: the root itself, too, and a room apart from rooms within it.
 *
 * @param inRoot packages that are taken to be part of the root; whoever names some says why
 */
record EachPackage(String root, Set<String> inRoot) implements SliceAssignment {
  EachPackage(String root, String... inRoot) {
    this(root, Set.of(inRoot));
  }

  @Override
  public SliceIdentifier getIdentifierOf(JavaClass type) {
    String name = type.getPackageName();
    if (inRoot.contains(name)) {
      return SliceIdentifier.of(root);
    }
    return name.equals(root) || name.startsWith(root + ".") ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
  }

  @Override
  public String getDescription() {
    return "packages under " + root;
  }
}
