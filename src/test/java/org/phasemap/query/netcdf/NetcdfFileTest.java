package org.phasemap.query.netcdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.query.netcdf.NetcdfVariable.Kind;

class NetcdfFileTest {
  /** Made of golden.cdl by UCAR's own program: {@code ncgen -k nc6 -o golden.nc golden.cdl}. */
  private static final Path GOLDEN =
      Path.of("src/test/resources/org/phasemap/query/netcdf/golden.nc");

  private static final NetcdfDimension ACTIVATION = new NetcdfDimension("activation", 2);
  private static final NetcdfDimension DEPTH = new NetcdfDimension("depth", 3);
  private static final NetcdfDimension LETTERS = new NetcdfDimension("string5", 5);

  @TempDir private Path folder = Path.of("");

  private static NetcdfVariable variable(
      String name, Kind kind, List<NetcdfDimension> over, Map<String, String> attributes) {
    return new NetcdfVariable(name, kind, over, attributes);
  }

  /** Header, coordinates, missing values, text shorter than its place, a single value. */
  @Test
  void bytesAreThoseOfTheReferenceLibrary() throws IOException {
    Path file = folder.resolve("file.nc");
    Map<String, String> gain = new LinkedHashMap<>();
    gain.put("long_name", "gain");
    gain.put("units", "nat");
    List<NetcdfVariable> variables =
        List.of(
            variable(
                "activation", Kind.TEXT, List.of(ACTIVATION, LETTERS), Map.of("long_name", "φ")),
            variable("depth", Kind.WHOLE, List.of(DEPTH), Map.of("units", "1")),
            variable("gain", Kind.REAL, List.of(ACTIVATION, DEPTH), gain),
            variable("rows", Kind.WHOLE, List.of(ACTIVATION, DEPTH), Map.of()),
            variable("phase", Kind.TEXT, List.of(DEPTH, LETTERS), Map.of()),
            variable("width", Kind.WHOLE, List.of(), Map.of()));
    try (NetcdfFile out = new NetcdfFile(file, Map.of("title", "golden"), variables)) {
      out.put(new Object[] {"gelu", "φ"});
      out.put(new Object[] {2, 4, 8});
      out.put(new @Nullable Object[] {0.5, null, -1.25, 1e300, 3.0, -0.0});
      out.put(new @Nullable Object[] {8, null, 7, 6, 5, 4});
      out.put(new @Nullable Object[] {"abc", null, "order"});
      out.put(new Object[] {256});
    }

    assertThat(Files.readAllBytes(file)).isEqualTo(Files.readAllBytes(GOLDEN));
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    List<NetcdfVariable> variables =
        List.of(
            variable("phase", Kind.TEXT, List.of(DEPTH, LETTERS), Map.of()),
            variable("depth", Kind.WHOLE, List.of(DEPTH), Map.of()));
    try (NetcdfFile out = new NetcdfFile(folder.resolve("f.nc"), Map.of(), variables)) {
      assertThatThrownBy(() -> out.put(new Object[] {"ordered", "a", "b"}))
          .hasMessageContaining("ordered");
      assertThatThrownBy(() -> out.put(new Object[] {1, 2})).hasMessageContaining("depth");
    }
  }
}
