package io.orderly.stack.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Renders overlays and components with the {@code kubectl} that is installed; needs no cluster. */
final class Kustomize {

    static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();

    /** A component that the base itself has. */
    private static final String OF_THE_BASE = "pod";

    private static final String INSTALL = "kubectl with Kustomize 5 is needed, as in kubectl 1.27 and later.";
    private static final InstalledProgram KUBECTL = new InstalledProgram("kubectl", INSTALL);
    private static final Pattern VERSION = Pattern.compile("Kustomize Version: v([5-9]|\\d\\d)");

    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

    private Kustomize() {}

    /** Skips the test if there is no {@code kubectl}, or one that is too old. */
    static void assumeInstalled() {
        KUBECTL.assumeInstalled();
        assumeTrue(VERSION.matcher(KUBECTL.run("version", "--client")).find(), INSTALL);
    }

    /** The names of all overlays, and of all components, which may be added to the base one by one. */
    static Stream<String> names() throws IOException {
        return Stream.concat(list("overlays"), list("components").filter(name -> !name.equals(OF_THE_BASE)));
    }

    private static Stream<String> list(String folder) throws IOException {
        try (Stream<Path> files = Files.list(DEPLOY.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    /** Whether it is no component. */
    static boolean isOverlay(String name) {
        return Files.exists(DEPLOY.resolve("overlays").resolve(name));
    }

    /** What an overlay renders to, or the base with a component. */
    static Manifests render(String name) {
        return RENDERED.computeIfAbsent(
                name,
                _ -> Manifests.parse(
                        isOverlay(name) ? kustomize(DEPLOY.resolve("overlays").resolve(name)) : withComponent(name)));
    }

    private static String withComponent(String component) {
        try {
            Path folder = Files.createTempDirectory("kustomize").toRealPath();
            Path deploy = folder.relativize(DEPLOY.toRealPath());
            Path file = Files.write(
                    folder.resolve("kustomization.yaml"),
                    List.of(
                            "resources: [%s/base]".formatted(deploy),
                            "components: [%s/components/%s]".formatted(deploy, component)));
            String rendered = kustomize(folder);
            Files.delete(file);
            Files.delete(folder);
            return rendered;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String kustomize(Path folder) {
        return KUBECTL.run("kustomize", folder.toString());
    }
}
