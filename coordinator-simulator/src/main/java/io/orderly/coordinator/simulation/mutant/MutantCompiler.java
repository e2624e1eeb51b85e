package io.orderly.coordinator.simulation.mutant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles production sources with a mutant's edits in them, in memory. */
final class MutantCompiler {

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final Path sources;

    /** @param sources the folder of the coordinator's package */
    MutantCompiler(Path sources) {
        this.sources = sources;
    }

    /**
     * @return the changed classes by name
     * @throws IllegalStateException if an edit does not fit, or its result does not compile
     */
    Map<String, byte[]> compile(Mutant mutant) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (SourceEdit edit : mutant.edits()) {
            String text = texts.containsKey(edit.path())
                    ? texts.get(edit.path())
                    : Files.readString(sources.resolve(edit.path()));
            texts.put(edit.path(), edit.applyTo(text));
        }
        List<JavaFileObject> units = new ArrayList<>();
        texts.forEach((path, text) -> units.add(new Source(path, text)));
        StringWriter complaints = new StringWriter();
        try (Classes classes = new Classes(compiler.getStandardFileManager(null, null, null))) {
            boolean compiled = compiler.getTask(
                            complaints,
                            classes,
                            null,
                            List.of("-proc:none", "-parameters", "-cp", System.getProperty("java.class.path")),
                            null,
                            units)
                    .call();
            if (!compiled) {
                throw new IllegalStateException(mutant + " does not compile: " + complaints);
            }
            Map<String, byte[]> bytes = new HashMap<>();
            classes.written.forEach((name, output) -> bytes.put(name, output.toByteArray()));
            return bytes;
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String path, String text) {
            super(URI.create("string:///io/orderly/coordinator/" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Classes extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        Classes(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("bytes:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    written.put(className, bytes);
                    return bytes;
                }
            };
        }
    }
}
