package io.orderly.console.actions;

import io.orderly.console.upstream.Upstream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Lets faults be injected, and lessons be run, from this machine only, also if the console listens at other addresses. The name of the host is checked too: a page of another
 * site can have a name that is resolved to this machine.
 */
@Component
public class Loopback implements HandlerInterceptor, WebMvcConfigurer {

    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    /** @param host of a URL */
    public static boolean isName(String host) {
        return NAMES.contains(host);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/faults/**", "/api/crash-points/**", "/api/lessons/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws UnknownHostException {
        // the address of the connection, which is never resolved
        if (!InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress() || !isName(request.getServerName())) {
            throw Upstream.problem(
                    HttpStatus.FORBIDDEN, "Faults and lessons are accepted from the machine of the system only.");
        }
        return true;
    }
}
