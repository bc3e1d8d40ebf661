package org.memloop.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Find where this platform wants programs to keep what they can fetch again. */
final class CacheFolder {
    private CacheFolder() {}

    static Path of(Map<String, String> environment) {
        return of(environment, System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
    }

    static Path of(Map<String, String> environment, String system, Path home) {
        String os = system.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            return named(environment, "LOCALAPPDATA").orElse(home.resolve("AppData").resolve("Local"))
                    .resolve("memloop");
        }
        Path usual = os.startsWith("mac") ? home.resolve("Library").resolve("Caches") : home.resolve(".cache");
        return named(environment, "XDG_CACHE_HOME").orElse(usual).resolve("memloop");
    }

    private static Optional<Path> named(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isBlank()).map(Path::of)
                .filter(Path::isAbsolute);
    }
}
