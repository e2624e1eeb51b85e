package io.orderly.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProgramTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.EPOCH);

    @TempDir
    private Path folder;

    @Test
    void separatesJarsOfThisBuildFromReleases() throws IOException {
        ServiceProgram program = unpack(jar("first"));
        assertThat(program.mainClass()).isEqualTo("io.orderly.Service");
        assertThat(program.own())
                .extracting(jar -> jar.getFileName().toString())
                .containsExactly("classes.jar", "contracts-1-SNAPSHOT.jar");
        assertThat(program.releases())
                .extracting(jar -> jar.getFileName().toString())
                .containsExactly("spring-7.jar");
    }

    @Test
    void keepsDirectoriesForComponentScanning() throws IOException {
        try (JarFile classes = new JarFile(unpack(jar("first")).own().getFirst().toFile())) {
            assertThat(classes.stream().map(ZipEntry::getName)).containsExactly("io/", "io/Service.class");
        }
    }

    @Test
    void overwritesJarsOfThisBuildAndKeepsReleases() throws IOException {
        ServiceProgram program = unpack(jar("first"));
        Path release = program.releases().getFirst();
        Files.setLastModifiedTime(release, LONG_AGO);

        unpack(jar("second"));
        assertThat(program.own().getLast()).hasContent("contracts second");
        assertThat(Files.getLastModifiedTime(release)).isEqualTo(LONG_AGO);
    }

    @Test
    void reportsAMissingJar() {
        assertThatThrownBy(() -> unpack(folder.resolve("missing.jar")))
                .hasMessageContaining("missing.jar is not built");
    }

    private ServiceProgram unpack(Path jar) throws IOException {
        return ServiceProgram.unpack(jar, folder.resolve("own"), folder.resolve("libraries"));
    }

    private Path jar(String version) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Start-Class"), "io.orderly.Service");
        Path jar = folder.resolve(version + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            put(out, "BOOT-INF/classes/", "");
            put(out, "BOOT-INF/classes/io/", "");
            put(out, "BOOT-INF/classes/io/Service.class", "service " + version);
            put(out, "BOOT-INF/lib/", "");
            put(out, "BOOT-INF/lib/contracts-1-SNAPSHOT.jar", "contracts " + version);
            put(out, "BOOT-INF/lib/spring-7.jar", "spring");
        }
        return jar;
    }

    private static void put(JarOutputStream out, String name, String content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content.getBytes());
    }
}
