package io.orderly.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Stubs of the built services for tests of the launcher. */
public final class StubServices {

    private StubServices() {}

    /**
     * Creates an empty jar at the location of each service's and module's build output.
     *
     * @param home the folder that represents the root of the repository
     * @return home
     */
    public static Path builtIn(Path home) throws IOException {
        for (String name : List.of(Topology.ORDER, Topology.INVENTORY, Topology.PAYMENT, Topology.SHIPPING)) {
            executableJar(home, name);
        }
        executableJar(home, "coordinator-server");
        executableJar(home, Gateway.NAME);
        executableJar(home, Console.NAME);
        for (String module : Topology.OPTIONAL_MODULES) {
            Path classPath = Files.createDirectories(home.resolve(module).resolve("target/class-path"));
            new JarOutputStream(Files.newOutputStream(classPath.resolve(module + "-1.jar")), new Manifest()).close();
        }
        return home;
    }

    private static void executableJar(Path home, String name) throws IOException {
        Path target = Files.createDirectories(home.resolve(name).resolve("target"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Start-Class", "io.orderly.Stub");
        new JarOutputStream(Files.newOutputStream(target.resolve(name + "-1-exec.jar")), manifest).close();
    }
}
