import com.sun.source.tree.*;
import com.sun.source.util.*;
import com.sun.tools.javac.tree.JCTree;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import javax.lang.model.element.*;
import javax.lang.model.type.*;
import javax.lang.model.util.*;
import javax.tools.*;

/**
 * What javac says every call in a folder of Java sources reaches, as JSON lines on standard output.
 *
 * A call: {"path","line","column","end","callee","outside","targetPath","targetLine","body"}; line and column of its
 * start, 1-based; targetPath is empty when the declaration is not in the folder. A method: {"method","line","overrides"}.
 *
 * Usage: java Judge.java FOLDER [javac options]
 *        java Judge.java --extract SRC_ZIP MODULE/PACKAGE FOLDER
 */
public class Judge {
  public static void main(String[] args) throws IOException {
    if (args[0].equals("--extract")) extract(Path.of(args[1]), args[2], Path.of(args[3]));
    else new Judge(Path.of(args[0]).toRealPath()).run(Arrays.asList(args).subList(1, args.length));
  }

  static void extract(Path zip, String prefix, Path to) throws IOException {
    try (FileSystem archive = FileSystems.newFileSystem(zip); Stream<Path> files = Files.walk(archive.getPath("/" + prefix))) {
      for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".java"))::iterator) {
        if (file.getFileName().toString().equals("module-info.java")) continue;
        // Below the module: folders are packages.
        Path target = to.resolve(file.subpath(1, file.getNameCount()).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private final Path root;
  private final PrintStream out = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
  private final Map<CompilationUnitTree, Lines> lines = new HashMap<>();
  private Trees trees;
  private Types types;
  private Elements elements;

  Judge(Path root) {
    this.root = root;
  }

  void run(List<String> options) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager manager = compiler.getStandardFileManager(d -> {}, null, StandardCharsets.UTF_8);
    List<Path> sources;
    try (Stream<Path> files = Files.walk(root)) {
      sources = files.filter(f -> f.toString().endsWith(".java") && !f.endsWith("module-info.java") && !f.endsWith("package-info.java")).sorted().toList();
    }
    List<String> all = new ArrayList<>(List.of("-proc:none", "-implicit:none", "-Xmaxerrs", "1", "-XDshould-stop.ifError=FLOW", "-XDshould-stop.ifNoError=FLOW", "-nowarn"));
    all.addAll(options);
    long[] errors = {0};
    JavacTask task = (JavacTask) compiler.getTask(Writer.nullWriter(), manager, d -> { if (d.getKind() == Diagnostic.Kind.ERROR) errors[0]++; }, all, null, manager.getJavaFileObjectsFromPaths(sources));
    trees = Trees.instance(task);
    types = task.getTypes();
    elements = task.getElements();
    List<CompilationUnitTree> units = new ArrayList<>();
    task.parse().forEach(units::add);
    task.analyze();
    for (CompilationUnitTree unit : units) new Scan(unit).scan(unit, null);
    out.flush();
    System.err.println(sources.size() + " files, " + errors[0] + " errors");
  }

  private String pathOf(CompilationUnitTree unit) {
    return root.relativize(Path.of(unit.getSourceFile().toUri())).toString().replace('\\', '/');
  }

  private Lines linesOf(CompilationUnitTree unit) {
    return lines.computeIfAbsent(unit, u -> {
      try {
        return new Lines(u.getSourceFile().getCharContent(true));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private class Scan extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions = trees.getSourcePositions();
    private int functions;

    Scan(CompilationUnitTree unit) {
      this.unit = unit;
    }

    @Override public Void visitClass(ClassTree node, Void p) {
      // What a class initialises its fields with is outside every function, whatever the class is in.
      int around = functions;
      functions = 0;
      super.visitClass(node, p);
      functions = around;
      return null;
    }

    @Override public Void visitMethod(MethodTree node, Void p) {
      functions++;
      Element element = trees.getElement(getCurrentPath());
      // A constructor that is not written has the position of its class.
      if (element instanceof ExecutableElement method && positions.getEndPosition(unit, node) >= 0) {
        String overridden = overridden(method).map(m -> quote(m)).collect(Collectors.joining(","));
        if (!overridden.isEmpty()) out.println("{\"method\":" + quote(pathOf(unit)) + ",\"line\":" + linesOf(unit).line(((JCTree) node).pos) + ",\"overrides\":[" + overridden + "]}");
      }
      super.visitMethod(node, p);
      functions--;
      return null;
    }

    @Override public Void visitBlock(BlockTree node, Void p) {
      boolean isInitializer = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree;
      if (isInitializer) functions++;
      super.visitBlock(node, p);
      if (isInitializer) functions--;
      return null;
    }

    @Override public Void visitLambdaExpression(LambdaExpressionTree node, Void p) {
      functions++;
      super.visitLambdaExpression(node, p);
      functions--;
      return null;
    }

    @Override public Void visitMethodInvocation(MethodInvocationTree node, Void p) {
      ExpressionTree select = node.getMethodSelect();
      String name = select instanceof MemberSelectTree member ? member.getIdentifier().toString() : select.toString();
      call(node, name, node.getArguments());
      return super.visitMethodInvocation(node, p);
    }

    @Override public Void visitNewClass(NewClassTree node, Void p) {
      String name = node.getIdentifier().toString().replaceAll("<.*", "").replaceAll(".*[.\\s]", "");
      call(node, name, node.getArguments());
      return super.visitNewClass(node, p);
    }

    private void call(Tree node, String name, List<? extends ExpressionTree> arguments) {
      long start = positions.getStartPosition(unit, node);
      long end = positions.getEndPosition(unit, node);
      if (start < 0 || end < 0) return;
      Element element = trees.getElement(getCurrentPath());
      if (!(element instanceof ExecutableElement method) || method.asType().getKind() == TypeKind.ERROR || method.getEnclosingElement().asType().getKind() == TypeKind.ERROR) return;
      // Where a class is missing, which overload is meant is a guess.
      for (ExpressionTree argument : arguments) {
        TypeMirror type = trees.getTypeMirror(new TreePath(getCurrentPath(), argument));
        if (type != null && type.getKind() == TypeKind.ERROR) return;
      }
      if (node instanceof NewClassTree created && created.getClassBody() != null) {
        // The constructor of an anonymous class hands its arguments to that of the class it extends: not asked here.
        return;
      }
      Place place = placeOf(method);
      if (place != null && place.line < 0) return;
      Lines own = linesOf(unit);
      out.println("{\"path\":" + quote(pathOf(unit)) + ",\"line\":" + own.line(start) + ",\"column\":" + own.column(start) + ",\"end\":" + end
          + ",\"callee\":" + quote(name) + ",\"outside\":" + (functions == 0) + ",\"owner\":" + quote(String.valueOf(method.getEnclosingElement()))
          + ",\"targetPath\":" + quote(place == null ? "" : place.path) + ",\"targetLine\":" + (place == null ? 0 : place.line) + ",\"body\":" + (place != null && place.hasBody) + "}");
    }

    private Stream<String> overridden(ExecutableElement method) {
      if (method.getKind() != ElementKind.METHOD || method.getModifiers().contains(Modifier.STATIC)) return Stream.empty();
      TypeElement type = (TypeElement) method.getEnclosingElement();
      Set<String> found = new LinkedHashSet<>();
      Deque<TypeMirror> todo = new ArrayDeque<>(types.directSupertypes(type.asType()));
      Set<Element> seen = new HashSet<>();
      while (!todo.isEmpty()) {
        TypeMirror mirror = todo.poll();
        Element parent = types.asElement(mirror);
        if (!(parent instanceof TypeElement base) || !seen.add(base)) continue;
        for (ExecutableElement other : ElementFilter.methodsIn(base.getEnclosedElements())) {
          if (!other.getSimpleName().equals(method.getSimpleName()) || !elements.overrides(method, other, type)) continue;
          Place place = placeOf(other);
          if (place != null && place.line > 0) found.add(place.path + ":" + place.line);
        }
        todo.addAll(types.directSupertypes(mirror));
      }
      return found.stream();
    }
  }

  private record Place(String path, int line, boolean hasBody) {}

  /** Null outside the folder; no line for what the compiler adds. */
  private Place placeOf(ExecutableElement method) {
    TreePath path = trees.getPath(method);
    if (path == null) {
      TreePath type = trees.getPath((TypeElement) method.getEnclosingElement());
      return type == null ? null : new Place(pathOf(type.getCompilationUnit()), -1, false);
    }
    CompilationUnitTree unit = path.getCompilationUnit();
    boolean isWritten = path.getLeaf() instanceof MethodTree && elements.getOrigin(method) == Elements.Origin.EXPLICIT;
    int line = isWritten ? linesOf(unit).line(((JCTree) path.getLeaf()).pos) : -1;
    return new Place(pathOf(unit), line, path.getLeaf() instanceof MethodTree declared && declared.getBody() != null);
  }

  /** Offsets as lines and columns, both 1-based. */
  private static final class Lines {
    private final int[] starts;

    Lines(CharSequence text) {
      List<Integer> found = new ArrayList<>(List.of(0));
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) found.add(i + 1);
      }
      starts = found.stream().mapToInt(Integer::intValue).toArray();
    }

    int line(long offset) {
      int i = Arrays.binarySearch(starts, (int) offset);
      return i >= 0 ? i + 1 : -i - 1;
    }

    int column(long offset) {
      return (int) offset - starts[line(offset) - 1] + 1;
    }
  }

  private static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + "\"";
  }
}
