package io.orderly.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Services that are built as far as the launcher looks, and do nothing. */
final class StubServices {

    private StubServices() {}

    /**
     * Puts an empty jar where the build of each service and module would.
     *
     * @param home stands for the root of the repository
     * @return home
     */
    static Path builtIn(Path home) throws IOException {
        for (String name : List.of(Topology.ORDER, Topology.INVENTORY, Topology.PAYMENT, Topology.SHIPPING)) {
            Path target = Files.createDirectories(home.resolve(name).resolve("target"));
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes().putValue("Start-Class", "io.orderly.Stub");
            new JarOutputStream(Files.newOutputStream(target.resolve(name + "-1-exec.jar")), manifest).close();
        }
        for (String module : Topology.MODULES) {
            Path classPath = Files.createDirectories(home.resolve(module).resolve("target/class-path"));
            new JarOutputStream(Files.newOutputStream(classPath.resolve(module + "-1.jar")), new Manifest()).close();
        }
        return home;
    }
}
