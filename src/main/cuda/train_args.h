// What a launch that trains networks is given (train.device.DeviceTrainingLayout), and what a block keeps of its network.
// Layers count from 0; the last, number `depth`, is the read-out.
#ifndef PHASEMAP_TRAIN_ARGS
#define PHASEMAP_TRAIN_ARGS
#include "activation.cu"
#include "random.cu"

#define TRAIN_THREADS 256
// Minibatches whose right answers together say that the threshold is reached.
#define TRAIN_WINDOW 10
// A network looks so often, in steps, whether it is to end: a look at the host's memory takes a microsecond or two.
#define TRAIN_LOOK 16

enum TrainingOptimiser { SGD, MOMENTUM, ADAM };
enum TrainingLoss { CROSS_ENTROPY, MSE };

struct TrainingRecipe {
  double stop_loss, stop_accuracy;  // of a minibatch at most and at least; all keep to them where nobody asks
  double bound;                     // a loss that is not below has diverged
  double reached;                   // right answers of a window from which the threshold is reached
  double beta1, beta2;
  u64 corrections;                  // of Adam: first of its steps' 1 − β₁ᵗ and 1 − β₂ᵗ
  float momentum, ahead;            // μ; Nesterov's once more, 0 for the heavy ball
  float epsilon;
  int optimiser, loss, batch, steps, stop_steps, biases, unused;
};

// Weights of a layer: number · scale + shift.
struct TrainingLaw {
  float scale, shift;
};

struct TrainedNetwork {
  Activation phi;
  double rate;
  u64 order;  // first of the numbers of its minibatches' examples
  u32 key0, key1, replicate;
  // Of streams of layer 0 (RandomStream).
  u32 weights, biases, mask, readout, readout_bias, readout_mask;
  int recipe, draw, depth, width, masked;
  float keep, bias_scale;
  TrainingLaw first, hidden, last;
};

// Figures of a network that come back beside its curve. Losses and right answers are sums over all examples.
enum TrainingResult {
  UPDATES,
  LAST_STEP,
  THRESHOLD_STEP,
  DIVERGED,
  SQUARE_AT_START,
  SQUARE_AT_END,
  TRAIN_LOSS,
  TRAIN_RIGHT,
  TEST_LOSS,
  TEST_RIGHT,
  TRAINING_RESULTS
};

// Example j stands at j · inputs.
struct TrainingData {
  const float* features;
  const int* labels;
  u64 count;
};

struct TrainingArgs {
  const TrainedNetwork* networks;
  const TrainingRecipe* recipes;
  const double* corrections;
  const int* order;
  const int* due;  // steps whose figures are kept, ascending
  TrainingData train, test;
  char* memory;    // [block][memory_apart]
  double* curves;  // [network][due_count + 1][2]: loss and accuracy where they are due, then those of the last step
  double* results; // [network][TRAINING_RESULTS]
  int* next;       // network that nobody has taken yet; 0 at first
  const int* stop; // in the host's memory: 0 until the launch is to end
  u64 memory_apart;
  int count, inputs, classes, due_count;
};

DEVICE int fours(int count) { return (count + 3) / 4 * 4; }

// A layer's matrices. Rows of W start every `apart` numbers, so that four go through memory at once.
struct TrainedLayer {
  float* weights;  // [input][apart]: unit u of input i at i · apart + u
  float* bias;
  int fan_in, fan_out, apart;
};

// Where a block keeps what. Rows of examples start every `across` numbers.
struct TrainingMemory {
  float* parameters;
  u64 count;             // of parameters, with what fills rows up; the optimiser's numbers stand behind, one or two times as many
  float* inputs;         // [component][across]
  float* activations;    // [layer][unit][across]
  float* slopes;         // the same: φ′(z) on the way up, δ once the way down has come by
  float* logits;         // [class][across], then the loss's gradient
  int* labels;           // of the minibatch
  unsigned char* mask;   // of each parameter; null without a mask
  int across, batch, inputs_count, classes, width, depth, apart;

  METHOD TrainedLayer layer(int l) const {
    const int fan_in = l == 0 ? inputs_count : width;
    u64 before = l == 0 ? 0 : (u64)apart * (inputs_count + 1) + (u64)(l - 1) * apart * (width + 1);
    const bool last = l == depth;
    const int fan_out = last ? classes : width, own = last ? fours(classes) : apart;
    float* at = parameters + before;
    return {at, at + (u64)fan_in * own, fan_in, fan_out, own};
  }
  METHOD u64 entries() const { return (u64)width * across; }
  METHOD float* activation(int l) const { return activations + l * entries(); }
  METHOD float* delta(int l) const { return l == depth ? logits : slopes + l * entries(); }
};

// How parameters follow gradients at one step.
struct Descent {
  int optimiser;
  float momentum, before, after;  // −η, or as train.update.MomentumUpdates has them
  float beta1, beta2, rest1, rest2, rate, scale2, epsilon;
};

// What has become of a network (train.course.Course).
struct TrainingCourse {
  int updates, streak, due, threshold_step, diverged, ended, stopped;
  int right[TRAIN_WINDOW], right_of_window;
};

#define TILE_SIDE 64
#define TILE_TERMS 32
// Rows of a tile: neighbours in a column then meet no bank twice.
#define TILE_APART (TILE_SIDE + 4)

struct TrainingShared {
  alignas(16) float left[TILE_TERMS * TILE_APART];
  alignas(16) float right[TILE_TERMS * TILE_APART];
  double partial[2 * TRAIN_THREADS / 32];
  TrainingArgs args;
  TrainedNetwork net;
  TrainingRecipe recipe;
  TrainingMemory memory;
  Descent descent;
  TrainingCourse course;
  int network;
};

DEVICE TrainingShared* training() {
  SHARED(char, memory);
  return (TrainingShared*)memory;
}
#endif
