package io.orderly.stack.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * A service that is unpacked from its executable jar. Classes load faster from plain jars than from nested jars, and
 * services share common libraries.
 *
 * @param mainClass the name of the main class
 * @param own the jars of this build: the service's classes and the modules that it depends on
 * @param releases the released libraries that it depends on
 */
record ServiceProgram(String mainClass, List<Path> own, List<Path> releases) {

    private static final String CLASSES = "BOOT-INF/classes/";
    private static final String LIBRARIES = "BOOT-INF/lib/";

    /**
     * Unpacks a jar.
     *
     * @param ownFolder the folder for the jars of this build, which are always overwritten
     * @param releasesFolder the folder for released libraries, which never change; existing files are kept. Several
     *     launchers may unpack to it at the same time
     */
    static ServiceProgram unpack(Path jar, Path ownFolder, Path releasesFolder) throws IOException {
        Files.createDirectories(ownFolder);
        Files.createDirectories(releasesFolder);
        Path classes = ownFolder.resolve("classes.jar");
        List<Path> own = new ArrayList<>(List.of(classes));
        List<Path> releases = new ArrayList<>();
        try (JarFile packed = new JarFile(jar.toFile());
                JarOutputStream unpackedClasses = new JarOutputStream(Files.newOutputStream(classes))) {
            for (Enumeration<JarEntry> entries = packed.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().startsWith(CLASSES) && entry.getName().length() > CLASSES.length()) {
                    // directories too: component scanning starts with the directory of a package
                    unpackedClasses.putNextEntry(new ZipEntry(entry.getName().substring(CLASSES.length())));
                    try (InputStream content = packed.getInputStream(entry)) {
                        content.transferTo(unpackedClasses);
                    }
                } else if (entry.getName().startsWith(LIBRARIES) && !entry.isDirectory()) {
                    String name = entry.getName().substring(LIBRARIES.length());
                    boolean isRelease = !name.endsWith("-SNAPSHOT.jar");
                    Path library = (isRelease ? releasesFolder : ownFolder).resolve(name);
                    if (!isRelease || !Files.exists(library)) {
                        copy(packed, entry, library);
                    }
                    (isRelease ? releases : own).add(library);
                }
            }
            String mainClass = packed.getManifest().getMainAttributes().getValue("Start-Class");
            return new ServiceProgram(mainClass, List.copyOf(own), List.copyOf(releases));
        } catch (NoSuchFileException e) {
            throw new IOException(jar + " is not built", e);
        }
    }

    /** Copies to a temporary name first, so that an incomplete copy is not used. */
    private static void copy(JarFile packed, JarEntry entry, Path target) throws IOException {
        Path unfinished =
                Files.createTempFile(target.getParent(), target.getFileName().toString(), ".unfinished");
        try (InputStream content = packed.getInputStream(entry)) {
            Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
