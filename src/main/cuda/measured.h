// What is measured of networks, as measure.device.DeviceResults reads it.
#ifndef PHASEMAP_MEASURED
#define PHASEMAP_MEASURED

#define BOUNDS 9

// What is measured beside signals. Gradients of weights follow from matrices that are there, but under a mask.
enum Wanted { BACKWARD = 1, PAIRS = 2, KERNELS = 4, TANGENTS = 8, FORMATS = 16, GRADIENTS = 32, ORTHOGONAL = 64 };

// Of φ: odd, even or neither.
enum Parity { ODD = 1, EVEN = 2 };

// Of a layer on the way up: q, c, Σφ, saturated entries, dead units, growth of tangents (mantissa, exponent), then counts.
enum Up { UP_Q, UP_C, UP_SUM, UP_SATURATED, UP_DEAD, UP_TANGENTS, UP_FORMATS = 7, UP = 16 };
// Of a layer on the way down: ln ‖δ‖² and ln ‖∂f/∂W‖² (mantissa, exponent), Σ and Σ|·| of gradients' products, what the
// layer adds to both kernels' traces, counts.
enum Down { DOWN_DELTA, DOWN_WEIGHTS = 2, DOWN_SUM = 4, DOWN_SIZES, DOWN_TRACE, DOWN_STANDARD_TRACE, DOWN_FORMATS, DOWN = 16 };
// Of a cell: ln of the squared lengths of h_L (mantissa, exponent), Σ ‖Jᵀu‖²/‖Jv‖² − 1, whether inputs have merged.
enum Others { LENGTHS, JACOBIAN = 2, MERGED, OTHERS = 8 };
#endif
