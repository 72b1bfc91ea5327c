"""What people look for, in their own words, and where it is to be found: one of the first three results."""

from __future__ import annotations

# The questions as they are asked elsewhere, in both languages: the name of the question first.
QUESTIONS = """
output-layer | which activation function for the output layer | 输出层用什么激活函数
nonlinear | why must activation be nonlinear | 为什么要非线性
bias | what is the bias for | 偏置的作用
relu-nonlinear | why is relu nonlinear | relu 为什么是非线性
curves | how can relus make curves | relu 怎么拟合曲线
outside | relu network linear outside training data | relu 外推
relu-sigmoid | relu over sigmoid | 为什么用 relu 不用 sigmoid
relu-faster | why does relu train faster | relu 训练为什么快
dying | what is dying relu | 什么是死亡 relu
dead-units | check for dead units pytorch | 怎么检查死亡神经元
diagnose | my network does not learn | 我的网络学不会
learn-relu | why can one relu not learn a relu | 单个 relu 学不会 relu
at-zero | derivative of relu at 0 | relu 在 0 处的导数
softmax-derivative | derivative of softmax | softmax 求导
overflow | overflow in exp | exp 溢出
softmax-python | softmax in python | softmax python 实现
softmax-shares | why softmax and not plain normalisation | 为什么用 softmax 不直接归一化
two-classes | sigmoid or softmax for two classes | 二分类 sigmoid 还是 softmax
softmax-loss | softmax before CrossEntropyLoss | 交叉熵之前要不要 softmax
cross-entropy | cross-entropy instead of squared error after sigmoid | 为什么不用均方误差而用交叉熵
tanh-squared-error | tanh with mse vs sigmoid with cross-entropy | tanh 平方误差
zero-centred | why is non zero-centred a problem | 不是零均值的问题
monotone | must activation be monotone | 激活函数必须单调吗
polynomials | why no polynomials | 为什么不用多项式
mixing | may layers mix activation functions | 不同层混用激活函数
lstm | why tanh in lstm | lstm 为什么用 tanh
gelu-bert | why gelu in bert | bert 为什么用 gelu
best-function | which activation function is best | 哪个激活函数最好
swiglu | swiglu or just more parameters | swiglu 参数更多
gelu-forms | erf or tanh gelu | gelu 用 erf 还是 tanh
gain | kaiming gain for elu silu | kaiming 增益 silu
batch-norm-order | batch norm before or after activation | bn 放在激活函数之前还是之后
residual | residual against batch norm | 残差和批归一化
batch-norm-vanishing | how does batch norm cure vanishing gradients | 批归一化 梯度消失
dropout | dropout before or after activation | dropout 放在激活之前还是之后
in-place | in-place relu | relu inplace
functional-or-module | F.relu or nn.ReLU | F.relu 和 nn.ReLU 区别
own-function | write my own activation function in pytorch | pytorch 自定义激活函数
second-derivative | second derivative of relu | relu 二阶导数
nan | nan with relu not with tanh | relu 出现 nan
int8 | silu int8 accuracy | silu int8 精度
sparse | sparse activations for fast inference | 稀疏激活 推理加速
"""

# Phrases that visitors typed and did not find, then others: the language of the reader, the phrase, where it leads.
OTHERS = """
en | derivative | questions?q=at-zero
en | swish vs gelu | compare?f=swish&f=gelu
en | elu alpha | elu
en | softmax vs sigmoid | questions?q=two-classes
en | relu at 0 | questions?q=at-zero
en | quantization | questions?q=int8
en | sigmod | sigmoid
zh | 导数 | questions?q=at-zero
zh | 斜率 | questions?q=at-zero
zh | 激活函数 | basics
en | relu derivative | questions?q=at-zero
en | dead neurons | dying
en | output layer | questions?q=output-layer
en | zero centered | questions?q=zero-centred
en | batch norm | questions?q=batch-norm-order
en | monotonic | questions?q=monotone
en | sigmoid overflow | questions?q=overflow
en | gelu vs relu | compare?f=gelu&f=relu
en | silu | swish?beta=1
en | SiLU | swish?beta=1
en | relu | relu
en | leaky relu | leaky_relu
en | relu leaky | leaky_relu
en | LeakyReLU | leaky_relu
en | prelu learned slope | prelu
en | swiglu | gated?show=swiglu
en | geglu | gated?show=geglu
en | maxout | gated?show=maxout
en | softmax temperature | softmax
en | logits | softmax
en | log softmax | softmax?show=log
en | vanishing gradient | vanishing
en | gradient vanishing | vanishing
en | exploding gradients | exploding
en | gradient clipping | exploding
en | xavier initialization | exploding
en | he initialisation | exploding
en | dying relu | dying
en | learning rate too high dead | dying
en | float16 | rounding
en | rounding | rounding
en | quiz | myths
en | true or false | myths
en | xor | collapse
en | perceptron | neuron
en | heaviside | binary_step
en | gaussian error linear unit | gelu
en | gelu aproximation tanh | gelu_tanh
en | quick gelu | gelu_sigmoid
en | self-normalizing | selu
en | compare elu selu | compare?f=elu&f=selu
en | difference between tanh and sigmoid | compare?f=tanh&f=sigmoid
en | relu or leaky relu | compare?f=relu&f=leaky_relu
en | sigmoid tanh relu | compare?f=sigmoid&f=tanh&f=relu
en | mobilenet | hard_swish
en | which activation function should i use | choose
en | speed of activation functions | cost
en | siren | sine
en | lecun efficient backprop | lecun_tanh
en | torch.nn.functional.silu | swish
en | hook pytorch | questions?q=dead-units
en | softmax jacobian | questions?q=softmax-derivative
en | skip connections | questions?q=residual
en | extrapolation | questions?q=outside
en | calculate_gain | questions?q=gain
en | stochastic gate | gate
zh | 梯度消失 | vanishing
zh | 梯度爆炸 | exploding
zh | 神经元死亡 | dying
zh | elu 和 selu | compare?f=elu&f=selu
zh | swish和gelu的区别 | compare?f=swish&f=gelu
zh | relu 与 gelu 对比 | compare?f=relu&f=gelu
zh | silu | swish?beta=1
zh | 阶跃 | binary_step
zh | 双曲正切 | tanh
zh | 舍入误差 | rounding
zh | 选哪个激活函数 | choose
zh | 单调 | questions?q=monotone
zh | 零均值 | questions?q=zero-centred
zh | 批归一化 | questions?q=batch-norm-order
zh | 量化 | questions?q=int8
zh | 输出层 | questions?q=output-layer
zh | 交叉熵 | questions?q=cross-entropy
zh | 损失函数 | output
en | last layer | output
en | softmax twice | output?show=one
zh | 随机门 | gate
zh | 门控单元 | gated
zh | 初始化 | exploding
zh | 速度 | cost
zh | 自定义导数 | questions?q=own-function
zh | 螺旋线 | collapse
zh | relu 导数 | questions?q=at-zero
zh | dead neurons | dying
en | 梯度消失 | vanishing
"""


def phrases() -> list[tuple[str, str, str]]:
    """The reader's language, what is typed, and the address that is expected, without what all links say."""
    asked = [line.split(" | ") for line in QUESTIONS.strip().splitlines()]
    found = [
        (code, row[1 + place], f"questions?q={row[0]}") for place, code in enumerate(("en", "zh")) for row in asked
    ]
    return found + [
        (code, text, address) for code, text, address in (x.split(" | ") for x in OTHERS.strip().splitlines())
    ]
