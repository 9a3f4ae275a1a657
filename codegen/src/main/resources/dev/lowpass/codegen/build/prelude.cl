// OpenCL C as far as kernels use it, by what NVIDIA's devices have.
#pragma OPENCL EXTENSION cl_khr_fp16 : enable
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
typedef unsigned char uchar;
typedef unsigned short ushort;
typedef unsigned int uint;
typedef unsigned long ulong;
typedef float float2 __attribute__((ext_vector_type(2)));
typedef float float4 __attribute__((ext_vector_type(4)));
typedef int int2 __attribute__((ext_vector_type(2)));
typedef int int4 __attribute__((ext_vector_type(4)));
typedef uint uint4 __attribute__((ext_vector_type(4)));
typedef ushort ushort4 __attribute__((ext_vector_type(4)));
typedef half half4 __attribute__((ext_vector_type(4)));
#define OVER static inline __attribute__((overloadable, always_inline))
#define CLK_LOCAL_MEM_FENCE 1
#define barrier(fence) __nvvm_bar_sync(0)
#define get_group_id(axis) ((axis) == 0 ? __nvvm_read_ptx_sreg_ctaid_x() : (axis) == 1 ? __nvvm_read_ptx_sreg_ctaid_y() : __nvvm_read_ptx_sreg_ctaid_z())
#define get_local_id(axis) ((axis) == 0 ? __nvvm_read_ptx_sreg_tid_x() : (axis) == 1 ? __nvvm_read_ptx_sreg_tid_y() : __nvvm_read_ptx_sreg_tid_z())

// Conversions.
#define convert_char(x) ((char)(x))
#define convert_uchar(x) ((uchar)(x))
#define convert_short(x) ((short)(x))
#define convert_ushort(x) ((ushort)(x))
#define convert_int(x) ((int)(x))
#define convert_uint(x) ((uint)(x))
#define convert_long(x) ((long)(x))
#define convert_ulong(x) ((ulong)(x))
#define convert_float(x) ((float)(x))
#define convert_double(x) ((double)(x))
#define convert_half(x) ((half)(x))
#define convert_int4(x) __builtin_convertvector((x), int4)
#define convert_uint4(x) __builtin_convertvector((x), uint4)
#define convert_float4(x) __builtin_convertvector((x), float4)
#define as_int(x) __builtin_astype((x), int)
#define as_uint(x) __builtin_astype((x), uint)
#define as_float(x) __builtin_astype((x), float)
#define as_long(x) __builtin_astype((x), long)
#define as_ulong(x) __builtin_astype((x), ulong)
#define as_double(x) __builtin_astype((x), double)
#define as_half(x) __builtin_astype((x), half)
#define as_short(x) __builtin_astype((x), short)
#define as_ushort(x) __builtin_astype((x), ushort)
#define as_int4(x) __builtin_astype((x), int4)
#define as_uint4(x) __builtin_astype((x), uint4)
#define as_float4(x) __builtin_astype((x), float4)

// Vectors of four, at multiples of their size.
#define VECTOR(space) \
  OVER float4 vload4(int offset, const space float *from) { return *(const space float4 *)(from + 4 * offset); } \
  OVER int4 vload4(int offset, const space int *from) { return *(const space int4 *)(from + 4 * offset); } \
  OVER ushort4 vload4(int offset, const space ushort *from) { return *(const space ushort4 *)(from + 4 * offset); } \
  OVER void vstore4(ushort4 value, int offset, space ushort *to) { *(space ushort4 *)(to + 4 * offset) = value; } \
  OVER void vstore4(float4 value, int offset, space float *to) { *(space float4 *)(to + 4 * offset) = value; } \
  OVER void vstore4(int4 value, int offset, space int *to) { *(space int4 *)(to + 4 * offset) = value; }
VECTOR(__global)
VECTOR(__local)
VECTOR(__private)

// Numbers of 16 bits in memory.
OVER float of_half(ushort bits) { return (float)as_half(bits); }
OVER float4 of_half4(ushort4 bits) { return __builtin_convertvector(__builtin_astype(bits, half4), float4); }
OVER ushort to_half(float x) { return as_ushort((half)x); }
OVER ushort4 to_half4(float4 x) { return __builtin_astype(__builtin_convertvector(x, half4), ushort4); }

// The greater and the lesser one: NaN where one of both is.
OVER float max(float a, float b) { return __nvvm_fmax_nan_f(a, b); }
OVER float min(float a, float b) { return __nvvm_fmin_nan_f(a, b); }
OVER double max(double a, double b) { return a != a ? a : b != b ? b : a > b ? a : b; }
OVER double min(double a, double b) { return a != a ? a : b != b ? b : a < b ? a : b; }
OVER float4 max(float4 a, float4 b) { return (float4)(max(a.x, b.x), max(a.y, b.y), max(a.z, b.z), max(a.w, b.w)); }
OVER float4 min(float4 a, float4 b) { return (float4)(min(a.x, b.x), min(a.y, b.y), min(a.z, b.z), min(a.w, b.w)); }
#define WHOLE(type) \
  OVER type max(type a, type b) { return a > b ? a : b; } \
  OVER type min(type a, type b) { return a < b ? a : b; }
WHOLE(char) WHOLE(uchar) WHOLE(short) WHOLE(ushort) WHOLE(int) WHOLE(uint) WHOLE(long) WHOLE(ulong)

// Choices: vectors lane by lane, where all bits of the condition are set.
#define CHOICE(type) \
  OVER type select(type otherwise, type then, bool condition) { return condition ? then : otherwise; }
CHOICE(char) CHOICE(uchar) CHOICE(short) CHOICE(ushort) CHOICE(int) CHOICE(uint) CHOICE(long) CHOICE(ulong)
CHOICE(float) CHOICE(double) CHOICE(half)
OVER float4 select(float4 otherwise, float4 then, int4 condition) { return condition ? then : otherwise; }
OVER int4 select(int4 otherwise, int4 then, int4 condition) { return condition ? then : otherwise; }
OVER uint4 select(uint4 otherwise, uint4 then, uint4 condition) { return condition ? then : otherwise; }

// Functions that the device has.
#define INFINITY __builtin_inff()
#define NAN __builtin_nanf("")
OVER float fma(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
OVER double fma(double a, double b, double c) { return __builtin_fma(a, b, c); }
OVER float4 fma(float4 a, float4 b, float4 c) { return __builtin_elementwise_fma(a, b, c); }
#define mad fma
#define ROUNDING(name) \
  OVER float name(float x) { return __builtin_elementwise_##name(x); } \
  OVER float4 name(float4 x) { return __builtin_elementwise_##name(x); } \
  OVER double name(double x) { return __builtin_elementwise_##name(x); }
ROUNDING(floor) ROUNDING(ceil) ROUNDING(trunc) ROUNDING(rint)
#define round rint
OVER float fabs(float x) { return __builtin_fabsf(x); }
OVER double fabs(double x) { return __builtin_fabs(x); }
OVER float sqrt(float x) { return __builtin_sqrtf(x); }
OVER double sqrt(double x) { return __builtin_sqrt(x); }
OVER int isnan(float x) { return x != x; }
OVER int isnan(double x) { return x != x; }
OVER int isinf(float x) { return fabs(x) == INFINITY; }
OVER int isinf(double x) { return fabs(x) == INFINITY; }

// Functions that it has not, or not to the last bits.

// 2 to the power of the whole and of the rest, which the device computes to 2 units of the last place.
OVER float exp(float x) {
  float inside = min(max(x, -150.0f), 150.0f);
  float whole = rint(inside * 1.44269504f);
  float rest = fma(whole, -1.42860682e-6f, fma(whole, -0.693145752f, inside));
  float half_ = trunc(whole * 0.5f);
  return __nvvm_ex2_approx_f(rest * 1.44269504f) * __nvvm_ex2_approx_f(half_) * __nvvm_ex2_approx_f(whole - half_);
}

// The exponent, and 2 artanh((m - 1) / (m + 1)) of what is left between the roots of 1/2 and 2.
OVER float log(float x) {
  bool small = x < 1.17549435e-38f;
  int bits = as_int(small ? x * 8388608.0f : x);
  int exponent = (bits - 0x3f3504f3) >> 23;
  float f = as_float(bits - (exponent << 23)) - 1.0f;
  float s = f / (2.0f + f);
  float z = s * s;
  float e = (float)(exponent - (small ? 23 : 0));
  float m = 2.0f * s * fma(z, fma(z, fma(z, fma(z, 1.0f / 9, 1.0f / 7), 0.2f), 1.0f / 3), 1.0f);
  float result = fma(e, 0.693145752f, fma(e, 1.42860682e-6f, m));
  return x == 0 ? -INFINITY : x < 0 ? NAN : x < INFINITY ? result : x;
}

OVER double log(double x) {
  bool small = x < 2.2250738585072014e-308;
  long bits = as_long(small ? x * 0x1p54 : x);
  long exponent = (bits - 0x3fe6a09e667f3bcd) >> 52;
  double f = as_double(bits - (exponent << 52)) - 1.0;
  double s = f / (2.0 + f);
  double z = s * s;
  double sum = 0;
  for (int n = 23; n > 1; n -= 2) {
    sum = fma(sum, z, 1.0 / n);
  }
  double e = (double)(exponent - (small ? 54 : 0));
  double m = 2.0 * s * fma(sum, z, 1.0);
  double result = fma(e, 0.69314718036912382, fma(e, 1.9082149292705877e-10, m));
  return x == 0 ? -INFINITY : x < 0 ? NAN : x < INFINITY ? result : x;
}

OVER double exp(double x) {
  double inside = min(max(x, -800.0), 800.0);
  double whole = rint(inside * 1.4426950408889634);
  double rest = fma(whole, -1.9082149292705877e-10, fma(whole, -0.69314718036912382, inside));
  double sum = 1;
  for (int n = 16; n > 0; n--) {
    sum = fma(sum, rest / n, 1.0);
  }
  int half_ = (int)whole / 2;
  return sum * as_double((long)(half_ + 1023) << 52) * as_double((long)((int)whole - half_ + 1023) << 52);
}

// Whole powers by squaring, which is exact as far as the result can be; others by way of the logarithm.
OVER double pow(double x, double y) {
  if (y == 0 || x == 1) {
    return 1;
  }
  bool whole = rint(y) == y;
  if (whole && fabs(y) <= 1024) {
    double power = 1;
    double base = x;
    for (int n = (int)fabs(y); n > 0; n >>= 1) {
      power *= n & 1 ? base : 1;
      base *= base;
    }
    return y < 0 ? 1 / power : power;
  }
  double size = exp(y * log(fabs(x)));
  bool odd = whole && fabs(y) < 0x1p53 && ((long)y & 1);
  return x < 0 ? (whole ? (odd ? -size : size) : NAN) : size;
}
OVER float pow(float x, float y) { return (float)pow((double)x, (double)y); }

// Quarter turns are taken off in three parts, which is exact for some thousands of them.
OVER float turned(float x, int quarters) {
  float n = rint(x * 0.636619772f);
  float r = fma(n, -5.39030253e-15f, fma(n, -7.54978942e-8f, fma(n, -1.57079625f, x)));
  float z = r * r;
  float sine = fma(r * z, fma(z, fma(z, -1.95152959e-4f, 8.33216087e-3f), -1.66666546e-1f), r);
  float cosine = fma(z * z, fma(z, fma(z, 2.44331571e-5f, -1.38873162e-3f), 4.16666456e-2f), fma(z, -0.5f, 1.0f));
  int quarter = (int)n + quarters;
  float size = quarter & 1 ? cosine : sine;
  return quarter & 2 ? -size : size;
}
OVER float sin(float x) { return turned(x, 0); }
OVER float cos(float x) { return turned(x, 1); }

#define LANES(name) \
  OVER float4 name(float4 x) { return (float4)(name(x.x), name(x.y), name(x.z), name(x.w)); }
LANES(fabs) LANES(sqrt) LANES(exp) LANES(log) LANES(sin) LANES(cos)
OVER float4 pow(float4 x, float4 y) { return (float4)(pow(x.x, y.x), pow(x.y, y.y), pow(x.z, y.z), pow(x.w, y.w)); }

// Tensor cores. Words, of two numbers of 16 bits or one of TF32, are passed on as if they were float32.
OVER float4 vector_of(float x, float y, float z, float w) { return (float4)(x, y, z, w); }
#define PAIR(name, type) \
  OVER float name(float low, float high) { \
    uint word; \
    __asm__("cvt.rn." type ".f32 %0, %1, %2;" : "=r"(word) : "f"(high), "f"(low)); \
    return as_float(word); \
  }
PAIR(bf16_word, "bf16x2") PAIR(fp16_word, "f16x2")
OVER float tf32_word(float x) {
  uint word;
  __asm__("cvt.rna.tf32.f32 %0, %1;" : "=r"(word) : "f"(x));
  return as_float(word);
}
#define MMA(name, shape, type) \
  OVER float4 name(__local float *unused, float4 c, float a0, float a1, float a2, float a3, float b0, float b1) { \
    float4 d; \
    __asm__ volatile("mma.sync.aligned." shape ".row.col.f32." type "." type ".f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%10, %11, %12, %13};" \
            : "=f"(d.x), "=f"(d.y), "=f"(d.z), "=f"(d.w) \
            : "r"(as_uint(a0)), "r"(as_uint(a1)), "r"(as_uint(a2)), "r"(as_uint(a3)), "r"(as_uint(b0)), "r"(as_uint(b1)), \
              "f"(c.x), "f"(c.y), "f"(c.z), "f"(c.w)); \
    return d; \
  }
MMA(mma_bf16, "m16n8k16", "bf16") MMA(mma_fp16, "m16n8k16", "f16") MMA(mma_tf32, "m16n8k8", "tf32")
