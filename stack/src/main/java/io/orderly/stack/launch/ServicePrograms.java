package io.orderly.stack.launch;

import io.orderly.stack.process.ProcessFolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The unpacked programs of all services, with a common class archive. */
public final class ServicePrograms {

    private final Map<String, ServiceProgram> programs;
    private final List<String> options;
    private final List<Path> shared;
    private final List<Path> modules;
    private final ClassArchive archive;

    private ServicePrograms(
            Map<String, ServiceProgram> programs,
            List<String> options,
            List<Path> shared,
            List<Path> modules,
            ClassArchive archive) {
        this.programs = programs;
        this.options = options;
        this.shared = shared;
        this.modules = modules;
        this.archive = archive;
    }

    /**
     * Unpacks the services.
     *
     * @param jars the executable jar of each service, by its name
     * @param modules additional jars at the end of each service's class path
     * @param options the JVM options of each service
     * @param libraries the folder of released libraries and class archives, which several systems can share
     * @param folder the folder of this system for everything else
     * @throws UncheckedIOException if a jar is missing
     */
    public static ServicePrograms unpack(
            Map<String, Path> jars, List<Path> modules, List<String> options, Path libraries, Path folder) {
        Map<String, ServiceProgram> programs = new LinkedHashMap<>();
        jars.forEach((name, jar) -> {
            try {
                programs.put(name, ServiceProgram.unpack(jar, folder.resolve(name), libraries));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        List<Path> shared = releasesOfAll(programs);
        return new ServicePrograms(
                programs,
                options,
                shared,
                copied(modules, folder.resolve("modules")),
                new ClassArchive(libraries, folder, shared, options));
    }

    /** Copies jars, because a build may replace the originals while services run. */
    private static List<Path> copied(List<Path> jars, Path folder) {
        List<Path> copies = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            for (Path jar : jars) {
                Path copy = folder.resolve(jar.getFileName());
                copies.add(Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(copies);
    }

    /** The command line that runs the only instance of a service. */
    public List<String> command(String name) {
        return command(name, 1);
    }

    /**
     * The command line that runs an instance of a service.
     *
     * @param instance its number, from 1. Only the first one records classes: two processes would write to the same file
     */
    public List<String> command(String name, int instance) {
        ServiceProgram program = programs.get(name);
        if (program == null) {
            throw new IllegalArgumentException("unknown service " + name);
        }
        List<String> command = new ArrayList<>(List.of(JavaCommand.program()));
        command.addAll(options);
        if (archive.exists()) {
            command.add(archive.useOption());
        } else if (name.equals(recorder()) && instance == 1) {
            command.add(archive.recordOption());
        }
        command.addAll(List.of("-cp", classPath(program), program.mainClass()));
        return command;
    }

    /** Whether {@link #prepareFasterStart} has not been called yet. */
    public boolean canStartFaster() {
        return !archive.exists();
    }

    /**
     * Creates the class archive from the classes that a service has loaded since its start. Takes several seconds.
     *
     * @param processes receives the log and the pid of the process that creates it
     * @throws IOException if it cannot be created; services start without it then
     */
    public void prepareFasterStart(ProcessFolder processes) throws IOException {
        archive.create(processes);
    }

    /** The service whose loaded classes are recorded; nearly all classes are from common libraries. */
    private String recorder() {
        return programs.keySet().iterator().next();
    }

    /**
     * A JVM can use the archive if the archive's class path is a prefix of its own, so the common libraries come first.
     */
    private String classPath(ServiceProgram program) {
        List<Path> jars = new ArrayList<>(shared);
        program.releases().stream().filter(jar -> !shared.contains(jar)).forEach(jars::add);
        jars.addAll(program.own());
        jars.addAll(modules);
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> releasesOfAll(Map<String, ServiceProgram> programs) {
        TreeSet<Path> common = new TreeSet<>(programs.values().iterator().next().releases());
        programs.values().forEach(program -> common.retainAll(program.releases()));
        return List.copyOf(common);
    }
}
