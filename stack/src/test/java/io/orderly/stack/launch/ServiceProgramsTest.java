package io.orderly.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProgramsTest {

    private static final String RECORD = "-XX:DumpLoadedClassList=";

    @TempDir
    private Path folder;

    /** A class archive is valid only if its class path is a prefix of the JVM's class path. */
    @Test
    void appendsOptionalModulesToEachClassPath() throws IOException {
        Path module = Files.writeString(folder.resolve("chaos-1.jar"), "chaos");

        ServicePrograms programs = unpack(List.of(module));

        assertThat(classPath(programs)).containsExactly("spring-7.jar", "classes.jar", "chaos-1.jar");
    }

    @Test
    void canOmitOptionalModules() throws IOException {
        assertThat(classPath(unpack(List.of()))).containsExactly("spring-7.jar", "classes.jar");
    }

    @Test
    void runsCopiesThatABuildDoesNotReplace() throws IOException {
        Path module = Files.writeString(folder.resolve("chaos-1.jar"), "chaos");
        unpack(List.of(module));
        Path copy = folder.resolve("programs/modules/chaos-1.jar");
        assertThat(copy).hasContent("chaos");

        Files.writeString(module, "another");
        assertThat(copy).hasContent("chaos");
        unpack(List.of(module));
        assertThat(copy).hasContent("another");
    }

    @Test
    void onlyTheFirstInstanceRecordsItsClasses() throws IOException {
        ServicePrograms programs = unpack(List.of());

        assertThat(programs.command("order-service", 1)).anyMatch(option -> option.startsWith(RECORD));
        assertThat(programs.command("order-service", 2)).noneMatch(option -> option.startsWith(RECORD));
    }

    private ServicePrograms unpack(List<Path> modules) throws IOException {
        return ServicePrograms.unpack(
                Map.of("order-service", service()),
                modules,
                List.of(),
                folder.resolve("libraries"),
                folder.resolve("programs"));
    }

    private static List<String> classPath(ServicePrograms programs) {
        List<String> command = programs.command("order-service");
        String classPath = command.get(command.indexOf("-cp") + 1);
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(jar -> Path.of(jar).getFileName().toString())
                .toList();
    }

    private Path service() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Start-Class", "io.orderly.Service");
        Path jar = folder.resolve("service.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry("BOOT-INF/lib/spring-7.jar"));
            out.write(1);
        }
        return jar;
    }
}
