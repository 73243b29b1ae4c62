package org.phasemap.analysis.regress;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.phasemap.sweep.SweptFolder;

/**
 * The program with a mistake in one of its classes: its source is changed, compiled, and loaded
 * with all other classes of the program anew, so that this JVM keeps the right ones too.
 */
final class Mutant implements AutoCloseable {
  private static final Path SOURCES = Path.of("src/main/java/org/phasemap");

  private final ChildFirst loader;

  private Mutant(ChildFirst loader) {
    this.loader = loader;
  }

  /**
   * Changes a source.
   *
   * @param folder for what is compiled
   * @param source simple name of a class, wherever it is
   * @param from stands in it once
   */
  static Mutant of(Path folder, String source, String from, String to) throws IOException {
    Path original;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      original = files.filter(one -> one.endsWith(source + ".java")).findAny().orElseThrow();
    }
    String text = Files.readString(original);
    if (text.split(Pattern.quote(from), -1).length != 2) {
      throw new IllegalArgumentException(source + " has not once: " + from);
    }
    Path file = folder.resolve(source + ".java");
    Files.writeString(file, text.replace(from, to));
    List<URL> path = classPath();
    Path classes = Files.createDirectories(folder.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int code =
        compiler.run(
            null,
            null,
            null,
            "-nowarn",
            "-proc:none",
            "-cp",
            String.join(File.pathSeparator, path.stream().map(URL::getPath).toList()),
            "-d",
            classes.toString(),
            file.toString());
    if (code != 0) {
      throw new IllegalArgumentException(source + " does not compile with: " + to);
    }
    List<URL> all = new ArrayList<>(List.of(classes.toUri().toURL()));
    all.addAll(path);
    return new Mutant(new ChildFirst(all.toArray(URL[]::new)));
  }

  /** Where the product's classes and its tests' come from. */
  private static List<URL> classPath() throws MalformedURLException {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    if (Mutant.class.getClassLoader() instanceof URLClassLoader own) {
      return Arrays.asList(own.getURLs());
    }
    List<URL> urls = new ArrayList<>();
    for (String entry : Pattern.compile(File.pathSeparator).split(path, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls;
  }

  /** Sweeps with the mistake. */
  void sweep(String yaml, String folder) {
    run("write", yaml, folder);
  }

  /** Measures with the mistake. */
  @SuppressWarnings("unchecked") // It is this JVM's List of JDK's own values.
  List<@Nullable Object[]> rows(String yaml) {
    return (List<@Nullable Object[]>) Objects.requireNonNull(run("rows", yaml));
  }

  private @Nullable Object run(String method, String... arguments) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Class<?>[] types = Collections.nCopies(arguments.length, String.class).toArray(Class[]::new);
      return loader
          .loadClass(SweptFolder.class.getName())
          .getMethod(method, types)
          .invoke(null, (Object[]) arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the mutant does not run", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }

  /** Classes of the program come from its own path, all else from this JVM. */
  private static final class ChildFirst extends URLClassLoader {
    ChildFirst(URL[] urls) {
      super(urls, Mutant.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (Stream.of("org.phasemap.").noneMatch(name::startsWith)) {
          return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : findClass(name);
      }
    }
  }
}
